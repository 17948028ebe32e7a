import assert from 'node:assert/strict'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { AppError } from '#lib/vocabulary/errors.ts'
import type { Progress } from '#lib/vocabulary/job.ts'
import { truncated } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { sheet } from '#test/documents/sheet.ts'
import { pageText } from '#test/pdf.ts'
import { until } from '#test/until.ts'
import { WHY_NO_SANDBOX } from '#test/why-no-sandbox.ts'
import type { Conversion } from '#worker/engine.ts'
import { isRunning } from '#worker/sandbox/process-tree.ts'
import { convert, descendants, officesRunning, openTestEngine, type TestEngine } from '../test-engine.ts'
import { indicatorCalls } from './indicator-calls.ts'

const SLIDES = 23

for (const mode of ['bwrap', 'landlock', 'off'] as const)
  describe(`the warm engine with SANDBOX=${mode}`, { skip: WHY_NO_SANDBOX[mode] }, () => {
    let testEngine: TestEngine
    before(async () => {
      testEngine = await openTestEngine(mode, { slots: 2 })
      await testEngine.engine.start()
    })
    after(() => testEngine.close())

    it('converts documents of every family side by side, page for page, in processes that stay', async () => {
      const before = await until('three LibreOffices', async () => {
        const running = await officesRunning()
        return running.length === 3 && running
      })
      const sources = [
        { bytes: await deck({ slides: 3 }), format: 'pptx' },
        { bytes: await letter({ pages: 2 }), format: 'docx' },
        { bytes: await sheet(), format: 'xlsx' },
        { bytes: 'a,b\n1,2\n', format: 'csv' },
        { bytes: '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>', format: 'svg' },
      ]
      const [slides, pages, ...rest] = await Promise.all(sources.map(source => convert(testEngine, source)))
      assert.deepEqual([slides?.pages, pages?.pages], [3, 2])
      assert.deepEqual(
        rest.map(one => one.pages),
        [1, 1, 1],
      )
      assert.match(await pageText(slides?.pdf ?? '', 2), /Deck: slide 2 of 3/)
      assert.match(await pageText(pages?.pdf ?? '', 2), /Letter: page 2 of 2/)
      assert.deepEqual(await officesRunning(), before)
    })

    it('says of a broken file that it could not be converted, and serves the next one', async () => {
      const bytes = truncated(await deck())
      await assert.rejects(convert(testEngine, { bytes, format: 'pptx' }), (error: AppError) => {
        assert.match(error.message, /gave neither a document nor a reason/)
        return error.code === 'conversion_failed'
      })
      assert.equal((await convert(testEngine, { bytes: 'next\n', format: 'txt' })).pages, 1)
    })

    it('leaves no process and no folder when it stops', async t => {
      await until('three LibreOffices', async () => (await officesRunning()).length === 3)
      const own = descendants()
      const other = await openTestEngine(mode)
      t.after(() => other.close())
      await other.engine.start()
      const family = descendants().filter(pid => !own.includes(pid))
      assert.ok(family.length > 0)
      await other.engine.stop()
      assert.ok(!family.some(isRunning))
      assert.deepEqual(
        (await readdir(other.scratchDir)).filter(name => name.startsWith('engine-')),
        [],
      )
    })
  })

describe('the warm engine', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  interface Told {
    heard: Progress[]
    /** The phase in which it began to be drawn. */
    drawnIn?: Progress['phase'] | undefined
    picture?: Buffer
  }

  /** Converts and gives what was told meanwhile. */
  async function listen(
    bytes: Buffer | string,
    format: string,
    { loadShare = 0.5, expectedSeconds }: Pick<Conversion, 'loadShare' | 'expectedSeconds'> = {},
  ): Promise<Told> {
    const told: Told = { heard: [] }
    let picture: Promise<string | null> | undefined
    await testEngine.slots.use(async directory => {
      const sourcePath = join(directory, `source.${format}`)
      await writeFile(sourcePath, bytes)
      await testEngine.engine.convert({
        sourcePath,
        format,
        target: 'pdf',
        directory,
        loadShare,
        expectedSeconds,
        signal: AbortSignal.timeout(60_000),
        onProgress: progress => told.heard.push(progress),
        onFirstPage: path => {
          told.drawnIn = told.heard.at(-1)?.phase
          picture = path
        },
      })
      const path = await picture
      if (path) told.picture = await readFile(path)
    })
    return told
  }

  it('reports exactly what LibreOffice reported, each slide as it is exported, and nothing else', async () => {
    const bytes = await deck({ slides: SLIDES })
    const { heard } = await listen(bytes, 'pptx')
    const { loaded, exported } = await indicatorCalls(bytes, 'pptx')
    assert.deepEqual(
      exported,
      Array.from({ length: SLIDES }, (_, index) => index),
    )
    const expected = [
      // The change of phase, then one for each call.
      [null, null],
      ...loaded.map(share => [null, Math.floor(50 * share)]),
      [null, 50],
      ...exported.map(done => [done + 1, Math.floor(50 + (50 * done) / SLIDES)]),
    ]
    assert.deepEqual(
      heard.map(({ current, percent }) => [current, percent]),
      expected,
    )
    const counted = heard.filter(({ current }) => current !== null)
    assert.ok(
      counted.every(
        ({ total, unit, phase }) => total === SLIDES && unit === 'slide' && phase === 'exporting',
      ),
    )
  })

  it('reports nothing while LibreOffice is stopped', async t => {
    const bytes = await deck({ slides: 60 })
    const offices = await until('the one at work and the spare', async () => {
      const running = await officesRunning()
      return running.length === 2 && running
    })
    t.after(() => signal(offices, 'SIGCONT'))
    let told = 0
    let frozenAt = 0
    const running = testEngine.slots.use(async directory => {
      const sourcePath = join(directory, 'source.pptx')
      await writeFile(sourcePath, bytes)
      const onProgress = ({ current }: Progress) => {
        told++
        if (current === 5 && frozenAt === 0) {
          signal(offices, 'SIGSTOP')
          frozenAt = told
        }
      }
      const conversion = { sourcePath, format: 'pptx', target: 'pdf', directory, onProgress }
      await testEngine.engine.convert({ ...conversion, signal: AbortSignal.timeout(60_000) })
    })
    await until('the fifth slide', () => frozenAt > 0)
    // What was on its way when it was stopped may still arrive; after that a second of silence.
    await until('silence', () => settled(() => told))
    const after = told
    assert.ok(await settled(() => told, 1000))
    assert.equal(told, after)
    signal(offices, 'SIGCONT')
    await running
    assert.ok(told > after + 40)
  })

  it('counts the pages of a text, and those that a spreadsheet prints', async () => {
    const text = await listen(await letter({ pages: 4 }), 'docx')
    const table = await listen(await sheet({ rows: 150 }), 'xlsx')
    const counts = ({ heard }: Told) =>
      heard.flatMap(({ current, total, unit }) => (current ? [`${unit} ${current}/${total}`] : []))
    assert.deepEqual(counts(text), ['page 1/4', 'page 2/4', 'page 3/4', 'page 4/4'])
    assert.deepEqual(counts(table), ['page 1/3', 'page 2/3', 'page 3/3'])
  })

  it('is indeterminate while LibreOffice loads in silence', async () => {
    const { heard } = await listen('just text\n', 'txt', { loadShare: 0.6 })
    assert.deepEqual(
      heard.map(({ phase, percent, indeterminate }) => ({ phase, percent, indeterminate })),
      [
        { phase: 'loading', percent: null, indeterminate: true },
        { phase: 'exporting', percent: 60, indeterminate: false },
        { phase: 'exporting', percent: 60, indeterminate: false },
      ],
    )
  })

  it('draws the first page before the export, in its own proportions', async () => {
    for (const [bytes, format, width, height] of [
      [await deck(), 'pptx', 640, 360],
      [await letter(), 'docx', 453, 640],
    ] as const) {
      const { picture, drawnIn } = await listen(bytes, format, { expectedSeconds: 5 })
      assert.equal(drawnIn, 'loading')
      assert.equal(picture?.toString('latin1', 1, 4), 'PNG')
      const size = [picture?.readUInt32BE(16) ?? 0, picture?.readUInt32BE(20) ?? 0] as const
      assert.ok(Math.abs(size[0] - width) <= 1 && Math.abs(size[1] - height) <= 1, String(size))
    }
  })

  it('draws the same picture after a short export', async () => {
    const bytes = await deck()
    const { picture } = await listen(bytes, 'pptx', { expectedSeconds: 5 })
    const last = await until('it loads within a second', async () => {
      const told = await listen(bytes, 'pptx', { expectedSeconds: 0.1 })
      return told.drawnIn === 'exporting' ? told : undefined
    })
    assert.ok(picture && last.picture?.equals(picture))
  })

  it('opens a document as what it is said to be, and as nothing else', async () => {
    const flat = `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>x</text:p></office:text></office:body></office:document>`
    assert.equal((await convert(testEngine, { bytes: flat, format: 'fodt' })).pages, 1)
    await assert.rejects(convert(testEngine, { bytes: flat, format: 'odp' }), { code: 'conversion_failed' })
    await assert.rejects(convert(testEngine, { bytes: '<html><p>x', format: 'docx' }), {
      code: 'conversion_failed',
    })
  })

  it('leaves nothing of a document in the working folder, and nothing that grows beside it', async () => {
    const bytes = await deck({ slides: 2, pictures: 2 })
    const beside = async () => {
      await convert(testEngine, { bytes, format: 'pptx' })
      return testEngine.slots.use(async workDir => {
        assert.deepEqual(await readdir(workDir), [])
        const root = dirname(workDir)
        return (await readdir(root, { recursive: true })).filter(name => !name.startsWith('home'))
      })
    }
    const before = await beside()
    for (let round = 0; round < 5; round++) assert.deepEqual(await beside(), before)
  })
})

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) process.kill(pid, name)
}

/** Whether a number stays as it is for so long. */
async function settled(read: () => number, forMs = 300): Promise<boolean> {
  const before = read()
  await new Promise(resolve => setTimeout(resolve, forMs))
  return read() === before
}
