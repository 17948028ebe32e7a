import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import type { AppError } from '#lib/errors.ts'
import type { Progress } from '#lib/jobs.ts'
import { hugePicture } from '#test/documents/bombs.ts'
import { deck } from '#test/documents/deck.ts'
import { longText } from '#test/documents/long.ts'
import { until } from '#test/until.ts'
import { isRunning } from '#worker/sandbox/processes.ts'
import { usageOf } from '#worker/sandbox/usage.ts'
import { type Bench, type BenchOptions, convert, descendants, officesRunning, openBench } from './bench.ts'
import { officeOf } from './office-of.ts'

const SLIDES = 40
const NEXT = { bytes: 'next\n', format: 'txt' }

/** Tells a limit's error by its code and its sentence. */
const endsWith = (code: string, sentence: RegExp) => (error: AppError) => {
  assert.equal(error.code, code, error.message)
  assert.match(error.toJobError().message, sentence)
  return true
}

/** Converts and lets `onProgress` hear of it together with the LibreOffice at work. */
function watched(
  bench: Bench,
  source: { bytes: Buffer | string; format: string },
  onProgress: (progress: Progress, office: number) => void,
): Promise<void> {
  return bench.slots.use(async directory => {
    const { format } = source
    const sourcePath = join(directory, `source.${format}`)
    await writeFile(sourcePath, source.bytes)
    const office = await officeOf(directory)
    await bench.engine.convert({
      sourcePath,
      format,
      target: 'pdf',
      directory,
      signal: AbortSignal.timeout(60_000),
      onProgress: progress => onProgress(progress, office),
    })
  })
}

/** Converts small documents in another slot until `done`, and gives how many; one that fails fails this. */
async function neighbour(bench: Bench, done: Promise<unknown>): Promise<number> {
  let isDone = false
  done.catch(() => {}).finally(() => (isDone = true))
  let converted = 0
  while (!isDone) {
    assert.equal((await convert(bench, NEXT)).pages, 1)
    converted++
  }
  return converted
}

/** What a process has used of the processor since its start. */
async function processorMs(pid: number): Promise<number> {
  return (await usageOf([pid]))?.cpuMs.get(pid) ?? 0
}

const open: Bench[] = []

/** A started bench that is closed when its test ends, however it ends. */
async function started(options: BenchOptions): Promise<Bench> {
  const bench = await openBench('bwrap', options)
  open.push(bench)
  await bench.engine.start()
  return bench
}

afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close()
})

describe('a pool of real engines', () => {
  let bench: Bench
  let long: Buffer
  before(async () => {
    long = await deck({ slides: SLIDES })
    bench = await openBench('bwrap', { slots: 2 })
    await bench.engine.start()
  })
  after(() => bench.close())

  const moments: [string, (progress: Progress) => boolean][] = [
    ['has just begun', () => true],
    ['is loading', ({ phase, percent }) => phase === 'loading' && percent !== null && percent > 10],
    ['is exporting', ({ current }) => current === 7],
    ['is at its last slide', ({ current }) => current === SLIDES],
  ]
  for (const [moment, isNow] of moments)
    it(`an engine killed with -9 while it ${moment} fails its document promptly, and the slot works on`, async () => {
      let killedAt = 0
      const running = watched(bench, { bytes: long, format: 'pptx' }, (progress, office) => {
        if (killedAt > 0 || !isNow(progress)) return
        process.kill(office, 'SIGKILL')
        killedAt = performance.now()
      })
      await assert.rejects(running, endsWith('engine_crashed', /stopped unexpectedly/))
      assert.ok(killedAt > 0 && performance.now() - killedAt < 1000)
      const started = performance.now()
      await Promise.all([convert(bench, NEXT), convert(bench, NEXT)])
      assert.ok(performance.now() - started < 10_000)
    })

  it('an engine killed while nobody uses it is replaced before anybody notices', async () => {
    const offices = await until('three LibreOffices', async () => {
      const running = await officesRunning()
      return running.length === 3 && running
    })
    for (const office of offices) process.kill(office, 'SIGKILL')
    const fresh = await until('three others', async () => {
      const running = await officesRunning()
      return running.length === 3 && !offices.some(office => running.includes(office)) && running
    })
    assert.equal(fresh.length, 3)
    assert.equal((await convert(bench, NEXT)).pages, 1)
  })

  it('a cancelled conversion is gone within two seconds, and its slot serves the next', async () => {
    const cancel = new AbortController()
    const running = convert(bench, { bytes: longText(20_000), format: 'fodt' }, cancel.signal)
    const before = await descendants()
    cancel.abort('cancelled')
    const started = performance.now()
    await assert.rejects(running, reason => reason === 'cancelled')
    assert.ok(performance.now() - started < 2000)
    await Promise.all([convert(bench, NEXT), convert(bench, NEXT)])
    await until('the engine to be gone', async () => {
      const running = await Promise.all(before.map(isRunning))
      return running.includes(false)
    })
  })

  it('an attempt that is over before it begins costs no engine', async () => {
    const before = await officesRunning()
    await assert.rejects(convert(bench, NEXT, AbortSignal.abort('lost')), reason => reason === 'lost')
    assert.deepEqual(await officesRunning(), before)
  })
})

describe('the limits of a conversion', () => {
  let long: Buffer
  before(async () => {
    long = await deck({ slides: SLIDES })
  })

  it('stop a LibreOffice that hangs, say at which slide, and leave the neighbour alone', async () => {
    const bench = await started({ slots: 2, stallLimitMs: 2000 })
    let frozenAt = 0
    const hanging = watched(bench, { bytes: long, format: 'pptx' }, ({ current }, office) => {
      if (current !== 7 || frozenAt > 0) return
      process.kill(office, 'SIGSTOP')
      frozenAt = performance.now()
    })
    const [converted] = await Promise.all([
      neighbour(bench, hanging),
      assert.rejects(hanging, endsWith('stalled', /^Stopped: no progress for 2 s at slide \d+\.$/)),
    ])
    assert.ok(performance.now() - frozenAt < 3000)
    assert.ok(converted >= 5, `the neighbour converted ${converted}`)
  })

  it('stop a document that eats memory, and leave the neighbour alone', async () => {
    const bench = await started({ slots: 2, memoryLimitBytes: 400e6 })
    const bomb = convert(bench, { bytes: hugePicture(20_000), format: 'png' })
    const [converted] = await Promise.all([
      neighbour(bench, bomb),
      assert.rejects(bomb, endsWith('out_of_memory', /needs more than 400 MB/)),
    ])
    assert.ok(converted >= 1)
    assert.equal((await convert(bench, NEXT)).pages, 1)
  })

  it('stop a conversion that takes too long, though it works', async () => {
    const bench = await started({ timeLimitMs: 1000 })
    const running = convert(bench, { bytes: longText(20_000), format: 'fodt' })
    await assert.rejects(running, endsWith('time_limit', /longer than 1 s/))
    assert.equal((await convert(bench, NEXT)).pages, 1)
  })

  it('stop a conversion that uses too much of the processor, which what came before it does not count for', async () => {
    const bench = await started({ cpuLimitMs: 1000, stallLimitMs: 10_000 })
    let before = 0
    for (let round = 0; before < 1500 && round < 200; round++) {
      assert.equal((await convert(bench, NEXT)).pages, 1)
      before = Math.max(...(await Promise.all((await officesRunning()).map(processorMs))))
    }
    assert.ok(before > 1000, `${before} ms`)
    assert.equal((await convert(bench, NEXT)).pages, 1)
    const running = convert(bench, { bytes: longText(20_000), format: 'fodt' })
    await assert.rejects(running, endsWith('cpu_limit', /more than 1 s of processor time/))
    assert.equal((await convert(bench, NEXT)).pages, 1)
  })

  it('refuse a result that is too large', async () => {
    const bench = await started({ resultLimitBytes: 15_000 })
    const bytes = await deck({ slides: 50 })
    const running = convert(bench, { bytes, format: 'pptx' })
    await assert.rejects(running, endsWith('result_too_large', /the PDF is larger than/))
    assert.equal((await convert(bench, NEXT)).pages, 1)
  })
})

describe('recycling', () => {
  it('by documents fails no job and makes none wait for a start', async () => {
    const bench = await started({ slots: 2, engineMaxDocs: 3 })
    const offices = new Set<number>()
    const waits: number[] = []
    const one = async () => {
      const asked = performance.now()
      await bench.slots.use(async directory => {
        waits.push(performance.now() - asked)
        offices.add(await officeOf(directory))
        const sourcePath = join(directory, 'source.txt')
        await writeFile(sourcePath, NEXT.bytes)
        const signal = AbortSignal.timeout(30_000)
        await bench.engine.convert({
          sourcePath,
          format: 'txt',
          target: 'pdf',
          directory,
          signal,
          onProgress: () => {},
        })
      })
    }
    const slot = async () => {
      for (let round = 0; round < 40; round++) await one()
    }
    await Promise.all([slot(), slot()])
    assert.equal(waits.length, 80)
    assert.ok(offices.size > 3, `${offices.size} processes for 80 documents`)
    assert.ok(Math.max(...waits) < 300, `waited ${Math.max(...waits)} ms`)
  })

  it('by memory replaces an engine that has grown', async () => {
    const bench = await started({ engineMaxRssBytes: 160e6 })
    const before = await until('two LibreOffices', async () => {
      const running = await officesRunning()
      return running.length === 2 && running
    })
    await convert(bench, { bytes: await deck({ slides: 20, pictures: 20 }), format: 'pptx' })
    await until('a fresh one', async () => {
      const running = await officesRunning()
      return running.length === 2 && running.some(office => !before.includes(office))
    })
  })

  it('with ENGINE_REUSE=never lets no LibreOffice see two documents', async () => {
    const bench = await started({ engineReuse: 'never' })
    const offices: number[] = []
    for (let round = 0; round < 4; round++)
      await watched(bench, NEXT, ({ phase }, office) => phase === 'loading' && offices.push(office))
    assert.equal(new Set(offices).size, 4)
  })
})
