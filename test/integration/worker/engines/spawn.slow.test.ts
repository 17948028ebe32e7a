import assert from 'node:assert/strict'
import { readdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { AppError } from '#lib/vocabulary/errors.ts'
import type { Progress } from '#lib/vocabulary/job.ts'
import { truncated } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { flat } from '#test/documents/flat.ts'
import { letter } from '#test/documents/letter.ts'
import { longText } from '#test/documents/long.ts'
import { oldWorkbook } from '#test/documents/old-workbook.ts'
import { trackedBody, wordWith, wordWithHiddenText } from '#test/documents/reviewed.ts'
import { wordWithWordsBeside } from '#test/documents/sample-words-beside.ts'
import { pageText } from '#test/pdf.ts'
import { until } from '#test/until.ts'
import { WHY_NO_SANDBOX } from '#test/why-no-sandbox.ts'
import { shown } from '../shown.ts'
import {
  convert,
  descendants,
  make,
  officesRunning,
  openTestEngine,
  type TestEngine,
} from '../test-engine.ts'

const failsWith = (code: string) => (error: AppError) => error.code === code

/** Sends a signal to LibreOffice as soon as it is at work. */
async function signalOffice(signal: NodeJS.Signals): Promise<void> {
  const pid = await until('LibreOffice at work', async () => (await officesRunning())[0])
  process.kill(pid, signal)
}
/** Lets it stand still, as if it hung. */
const freeze = () => signalOffice('SIGSTOP')

for (const mode of ['bwrap', 'landlock', 'off'] as const)
  describe(`the spawn engine with SANDBOX=${mode}`, { skip: WHY_NO_SANDBOX[mode] }, () => {
    let testEngine: TestEngine
    before(async () => {
      testEngine = await openTestEngine(mode, { engine: 'spawn', slots: 2 })
      await testEngine.engine.start()
    })
    after(() => testEngine.close())

    it('converts two documents side by side, page for page', async () => {
      const sources = [
        { bytes: await deck({ slides: 3 }), format: 'pptx' },
        { bytes: await letter({ pages: 2 }), format: 'docx' },
      ]
      const [slides, pages] = await Promise.all(sources.map(source => convert(testEngine, source)))
      assert.deepEqual([slides?.pages, pages?.pages], [3, 2])
      assert.match(await pageText(slides?.pdf ?? '', 2), /Deck: slide 2 of 3/)
      assert.match(await pageText(pages?.pdf ?? '', 2), /Letter: page 2 of 2/)
    })

    if (mode === 'bwrap')
      it('prints where a document lies by a name that says nothing', async () => {
        const cell = '<table:table-cell table:formula="of:=CELL(&quot;filename&quot;)"/>'
        const body = `<table:table table:name="One"><table:table-row>${cell}</table:table-row></table:table>`
        const { bytes } = await make(
          testEngine,
          { bytes: flat('spreadsheet', body), format: 'fods' },
          { target: 'csv', fileName: 'Plan.fods' },
        )
        assert.match(bytes.toString(), /^"?'file:\/\/\/d\/d\/[^/]+\/Plan\.fods'#\$One/)
      })

    it('ends with everything dead when it is aborted, and the slot serves the next document', async () => {
      const abort = new AbortController()
      const running = convert(testEngine, { bytes: longText(2000), format: 'fodt' }, abort.signal)
      await freeze()
      abort.abort('cancelled')
      await assert.rejects(running, reason => reason === 'cancelled')
      assert.deepEqual(descendants(), [])
      assert.equal((await convert(testEngine, { bytes: 'next\n', format: 'txt' })).pages, 1)
    })

    it('is not started at all for an attempt that is over', async () => {
      const over = AbortSignal.abort('lost')
      await assert.rejects(
        convert(testEngine, { bytes: 'x', format: 'txt' }, over),
        reason => reason === 'lost',
      )
      assert.deepEqual(descendants(), [])
    })
  })

describe('the spawn engine', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap', { engine: 'spawn' })
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  it('stops at its time limit and says how long it was', async () => {
    const short = await openTestEngine('bwrap', { engine: 'spawn', timeLimitMs: 1000 })
    await short.engine.start()
    await assert.rejects(convert(short, { bytes: longText(10_000), format: 'fodt' }), (error: AppError) => {
      assert.equal(error.code, 'time_limit')
      return /longer than 1 s/.test(error.toJobError().message)
    })
    assert.deepEqual(descendants(), [])
    await short.close()
  })

  it('stops at its limit of processor time', async () => {
    const short = await openTestEngine('bwrap', { engine: 'spawn', cpuLimitMs: 1000 })
    await short.engine.start()
    await assert.rejects(convert(short, { bytes: longText(3000), format: 'fodt' }), failsWith('cpu_limit'))
    assert.deepEqual(descendants(), [])
    await short.close()
  })

  it('stops a LibreOffice that hangs, which it sees by its use of the processor alone', async () => {
    const short = await openTestEngine('bwrap', { engine: 'spawn', stallLimitMs: 2000 })
    await short.engine.start()
    const hanging = convert(short, { bytes: longText(2000), format: 'fodt' })
    const stopped = freeze()
    await assert.rejects(hanging, failsWith('stalled'))
    await stopped
    await short.close()
  })

  it('says of a broken file that LibreOffice could not convert it, and why in the log', async () => {
    const bytes = truncated(await deck())
    await assert.rejects(convert(testEngine, { bytes, format: 'pptx' }), (error: AppError) => {
      assert.match(error.message, /could not be loaded/)
      return failsWith('conversion_failed')(error)
    })
  })

  it('says of a LibreOffice that dies that it crashed', async () => {
    const running = convert(testEngine, { bytes: longText(2000), format: 'fodt' })
    const crash = signalOffice('SIGKILL')
    await assert.rejects(running, failsWith('engine_crashed'))
    await crash
  })

  it('obeys what can be said on a command line', async () => {
    const slides = { bytes: await deck({ slides: 2, hidden: [1] }), format: 'pptx' }
    const options = { hiddenSlides: true, watermark: 'NOT FINAL', bookmarks: false }
    const { bytes } = await make(testEngine, slides, { target: 'pdf', options })
    assert.match(await pageText(bytes), /slide 1 of 2[\s\S]*NOT FINAL/)
    const table = { bytes: 'é;1\n', format: 'csv' }
    const { bytes: text } = await make(testEngine, table, {
      target: 'txt',
      options: { delimiter: 'semicolon' },
    })
    assert.match(text.toString(), /é\s+1/)
    assert.ok(
      (await make(testEngine, { bytes: '<html><h1>x', format: 'html' }, { target: 'odt' })).bytes.length > 0,
    )
  })

  it('writes a workbook in its language and in the one that was asked for, but no fields of a text', async () => {
    const shown = async (options: Record<string, string>) =>
      pageText(
        (
          await make(
            testEngine,
            { bytes: oldWorkbook({ country: 49 }), format: 'xls' },
            { target: 'pdf', options },
          )
        ).bytes,
      )
    assert.match(await shown({}), /04\.12\.2023 +1\.234,50/)
    assert.match(await shown({ language: 'en-US' }), /12\/4\/2023 +1,234\.50/)
    const page = { bytes: await letter(), format: 'docx' }
    const told = { target: 'pdf', options: { language: 'de-DE' } }
    await assert.rejects(make(testEngine, page, told), failsWith('engine_lacks_option'))
  })

  it('refuses what cannot, and says which engine can', async () => {
    const page = { bytes: await letter(), format: 'docx' }
    for (const name of ['pages', 'password'])
      await assert.rejects(
        make(testEngine, page, { target: 'pdf', options: { [name]: '1' } }),
        (error: AppError) => {
          assert.equal(error.code, 'engine_lacks_option')
          return error.toJobError().message.includes(name) && /ENGINE=warm/.test(error.toJobError().nextStep)
        },
      )
    await assert.rejects(make(testEngine, page, { target: 'pdfua' }), { code: 'engine_lacks_option' })
  })

  it('tells where hidden and deleted text may be shown, and not where there is none', async () => {
    for (const [bytes, code] of [
      [await wordWithHiddenText(), 'nothing_left_out'],
      [await letter(), undefined],
    ] as const) {
      const { notes } = await shown(testEngine, { bytes, format: 'docx' }, { target: 'txt' })
      assert.equal(notes[0]?.[0], code)
    }
    const tracked = { bytes: await wordWith(trackedBody()), format: 'docx' }
    assert.equal(
      (await shown(testEngine, tracked, { target: 'pdf' })).notes[0]?.[0],
      'tracked_changes_marked',
    )
  })

  it('tells that it leaves boxes and notes out of a plain text', async () => {
    const source = { bytes: await wordWithWordsBeside(), format: 'docx' }
    const { notes } = await shown(testEngine, source, { target: 'txt' })
    assert.deepEqual(notes, [['words_beside_left_out', 1]])
    assert.deepEqual((await shown(testEngine, source, { target: 'pdf' })).notes, [])
  })

  it('refuses what it would have to hold in memory as a whole', async () => {
    const convertHuge = testEngine.slots.use(async slot => {
      const sourcePath = join(slot, 'source.pptx')
      await writeFile(sourcePath, '')
      await truncate(sourcePath, 256_000_001)
      const signal = AbortSignal.timeout(10_000)
      const rest = { format: 'pptx', target: 'pdf', directory: slot, signal, onProgress: () => {} }
      await testEngine.engine.convert({ sourcePath, ...rest })
    })
    await assert.rejects(convertHuge, failsWith('too_large_for_engine'))
  })

  it('reports no progress of its own, and leaves nothing but the result', async () => {
    const heard: Progress[] = []
    await testEngine.slots.use(async slot => {
      const sourcePath = join(slot, 'source.txt')
      await writeFile(sourcePath, 'text\n')
      const signal = AbortSignal.timeout(30_000)
      const onProgress = (progress: Progress) => heard.push(progress)
      await testEngine.engine.convert({
        sourcePath,
        format: 'txt',
        target: 'pdf',
        directory: slot,
        signal,
        onProgress,
      })
      assert.deepEqual((await readdir(slot)).sort(), ['home', 'result.pdf', 'source.txt'])
    })
    assert.deepEqual(
      heard.map(({ phase, percent, indeterminate }) => ({ phase, percent, indeterminate })),
      [{ phase: 'loading', percent: null, indeterminate: true }],
    )
  })
})
