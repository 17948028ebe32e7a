import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { fileTypeFromBuffer } from 'file-type'
import type { AppError } from '#lib/vocabulary/errors.ts'
import type { Progress } from '#lib/vocabulary/job.ts'
import { partsOf } from '#test/documents/archive.ts'
import { deck } from '#test/documents/deck.ts'
import { flat } from '#test/documents/flat.ts'
import { letter } from '#test/documents/letter.ts'
import { picture } from '#test/documents/sample-picture.ts'
import { sheet } from '#test/documents/sheet.ts'
import { until } from '#test/until.ts'
import { withPages } from '#worker/pages.ts'
import { withTimeLimit } from '#worker/time-limit.ts'
import { descendants, make, openTestEngine, type TestEngine } from './test-engine.ts'

const SLIDES = 11
const slides = {
  bytes: await deck({ slides: SLIDES, hidden: [2], shown: await picture(300, 300) }),
  format: 'pptx',
}

/** Stops the program that draws a page, as if it hung; false while none runs. */
async function stopPdftocairo(): Promise<boolean> {
  for (const pid of descendants()) {
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (words.split('\0')[0] === 'pdftocairo') return process.kill(pid, 'SIGSTOP')
  }
  return false
}

describe('pictures of pages', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const names = async (target: string, pages: string) =>
    Object.keys(await partsOf((await make(testEngine, slides, { target, options: { pages } })).bytes))

  it('are one for one page, the first unless told', async () => {
    for (const [target, mime] of [
      ['png', 'image/png'],
      ['jpg', 'image/jpeg'],
    ] as const) {
      const { bytes, pages } = await make(testEngine, slides, { target })
      assert.deepEqual([(await fileTypeFromBuffer(bytes))?.mime, pages], [mime, 1])
    }
    const [first, third] = await Promise.all(
      ['1', '3'].map(pages => make(testEngine, slides, { target: 'svg', options: { pages } })),
    )
    assert.match(String(first?.bytes), /^<\?xml[^>]*>\s*<svg /)
    assert.notDeepEqual(first?.bytes, third?.bytes)
  })

  it('are a zip for several, with names in the order of pages, though it be one', async () => {
    assert.deepEqual(await names('png', '9-,2'), ['slide-09.png', 'slide-10.png', 'slide-02.png'])
    assert.deepEqual(await names('svg', '2-2'), ['slide-02.svg'])
    // One of the slides is hidden.
    assert.equal((await names('jpg', 'all')).length, SLIDES - 1)
  })

  it('say how many pages there are when one does not exist', async () => {
    await assert.rejects(names('png', '11'), {
      code: 'no_such_page',
      message: /no page 11; the last one is 10/,
    })
  })

  it('have the resolution and the quality that were asked for', async () => {
    const width = async (options?: Record<string, unknown>) =>
      (await make(testEngine, slides, { target: 'png', options })).bytes.readUInt32BE(16)
    assert.deepEqual([await width(), await width({ resolution: 72 })], [1500, 720])
    const size = async (quality: number) =>
      (await make(testEngine, slides, { target: 'jpg', options: { quality } })).bytes.length
    assert.ok((await size(10)) < (await size(95)) / 2)
  })
})

describe('what is made of pages', () => {
  let testEngine: TestEngine
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
  })
  after(() => testEngine.close())

  const all = { target: 'png', options: { pages: 'all' } }

  it('reports one percentage over printing and drawing, and counts each page once', async () => {
    const heard: Progress[] = []
    await make(testEngine, slides, { ...all, onProgress: progress => heard.push(progress) })
    const percents = heard.flatMap(({ percent }) => (percent === null ? [] : [percent]))
    assert.deepEqual(
      percents,
      percents.toSorted((a, b) => a - b),
    )
    assert.ok((percents.at(-1) ?? 0) > 90 && percents.every(percent => percent < 100))
    assert.deepEqual(
      heard.flatMap(({ current, total, unit }) => (current ? [`${unit} ${current}/${total}`] : [])),
      Array.from({ length: SLIDES - 1 }, (_, index) => `slide ${index + 1}/${SLIDES - 1}`),
    )
  })

  it('is the words of every page, in the order in which the pages are named', async () => {
    const { bytes, pages } = await make(testEngine, slides, { target: 'txt', options: { pages: '9-,1' } })
    const words = bytes
      .toString()
      .trim()
      .split(/\s*\f\s*/)
    assert.deepEqual(
      words,
      [10, 11, 1].map(number => `Deck: slide ${number} of ${SLIDES}`),
    )
    assert.equal(pages, 3)
  })

  it('stops when it is cancelled while pages are drawn, and leaves nothing', async () => {
    const cancel = new AbortController()
    const many = { bytes: await letter({ pages: 40 }), format: 'docx' }
    let drawn = 0
    const onProgress = ({ current }: Progress) => {
      drawn = current ?? 0
      if (current === 3) cancel.abort('cancelled')
    }
    const running = make(testEngine, many, { ...all, signal: cancel.signal, onProgress })
    await assert.rejects(running, reason => reason === 'cancelled')
    assert.equal(drawn, 3)
    await testEngine.slots.use(async workDir => assert.deepEqual(await readdir(workDir), []))
    const programs = descendants()
    assert.equal((await make(testEngine, many, { target: 'png' })).pages, 1)
    assert.ok(descendants().length <= programs.length)
  })

  describe('ends at its limits', () => {
    const limits = { cpuMs: 900_000, stallMs: 60_000, memoryBytes: 3e9, resultBytes: 1e9 }
    const fine = { target: 'png', options: { pages: 'all', resolution: 300 } }
    // Each page has a program of its own, so there are many to be found at work.
    const many = async () => ({ bytes: await letter({ pages: 20 }), format: 'docx' })
    const within = (changed: Partial<typeof limits>) => {
      const engine = withPages(testEngine.engine, {
        sandbox: testEngine.sandbox,
        limits: { ...limits, ...changed },
      })
      return { ...testEngine, engine: withTimeLimit(engine, 3_600_000) }
    }

    it('of silence, and says at which page', async () => {
      const running = make(within({ stallMs: 3000 }), await many(), fine)
      const stopped = until('pdftocairo to be stopped', stopPdftocairo)
      await assert.rejects(running, { code: 'stalled', message: /at page \d+/ })
      await stopped
    })

    it('of processor time, though no program alone comes near to it', async () => {
      let drawn = 0
      const onProgress = ({ current }: Progress) => {
        drawn = current ?? 0
      }
      const running = make(within({ cpuMs: 1000 }), await many(), { ...fine, onProgress })
      await assert.rejects(running, { code: 'cpu_limit', message: /more than 1 s of processor time/ })
      assert.ok(drawn > 1, `at page ${drawn}`)
    })

    it('of memory, where another resolution would help', async () => {
      let isOver = false
      const running = make(within({ memoryBytes: 1e6 }), await many(), fine).finally(() => {
        isOver = true
      })
      // One that stands still is seen before it ends; it may have been seen already.
      const stopped = until('pdftocairo to be stopped', async () => isOver || stopPdftocairo())
      await assert.rejects(running, { code: 'picture_too_large' })
      await stopped
    })

    it('of size', async () => {
      await assert.rejects(make(within({ resultBytes: 50_000 }), slides, fine), { code: 'result_too_large' })
    })
  })

  it('says of a page that is too large for a picture what would help', async () => {
    const source = { bytes: await sheet({ rows: 700 }), format: 'xlsx' }
    const settings = (resolution: number) => ({
      target: 'png',
      options: { resolution, onePagePerSheet: true },
    })
    await assert.rejects(make(testEngine, source, settings(600)), (error: AppError) => {
      assert.equal(error.code, 'picture_too_large')
      return /Page 1 is too large for a picture with 600 dots/.test(error.toJobError().message)
    })
    assert.equal((await make(testEngine, source, settings(72))).pages, 1)
  })

  it('runs no script and reaches for nothing as SVG, whatever the document holds', async () => {
    const hostile = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="99" onload="alert(1)"><script>alert(1)</script><a xlink:href="https://example.com/x"><text y="20">link</text></a><image xlink:href="https://example.com/y.png" width="9" height="9"/></svg>`
    const page = `<html><body><a href="https://example.com/x">link</a><script>alert(1)</script><img src="https://example.com/y.png"></body></html>`
    for (const source of [
      { bytes: page, format: 'html' },
      {
        bytes: flat(
          'drawing',
          `<draw:page draw:name="p"><draw:a xlink:href="https://example.com/x"><draw:frame svg:width="3cm" svg:height="1cm"><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame></draw:a></draw:page>`,
        ),
        format: 'fodg',
      },
    ]) {
      const svg = String((await make(testEngine, source, { target: 'svg' })).bytes)
      assert.ok(svg.includes('<svg'))
      assert.doesNotMatch(svg, /script|\son\w+=|example\.com|foreignObject|javascript:/i)
      assert.doesNotMatch(svg, /href="(?!#|data:image\/)/)
    }
    const png = await make(testEngine, { bytes: hostile, format: 'svg' }, { target: 'png' })
    assert.equal(png.pages, 1)
  })
})
