/**
 * The engine, measured: the whole pool with sandbox, progress and checks against a bare warm loop, against LibreOffice
 * started for each file, and against the library that everybody takes. All contestants take turns in one run, so that
 * the machine's mood cancels out; what counts are the ratios.
 *
 *   --folder DIR   real documents instead of the three made here
 *   --rounds N     turns each (8)
 *   --long         1,000 conversions in a row: memory, processes, files
 */
import { readdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { descendants, type TestEngine } from '#test/integration/worker/test-engine.ts'
import { type BenchDocument, benchDocuments } from './engine/bench-documents.ts'
import {
  bareLoop,
  type Contestant,
  commandLine,
  convertInSlot,
  library,
  ownMemory,
  poolContestant,
  startedPool,
} from './engine/contestants.ts'

const { values: flags } = parseArgs({
  options: {
    folder: { type: 'string' },
    rounds: { type: 'string', default: '8' },
    long: { type: 'boolean', default: false },
  },
})
const rounds = Number(flags.rounds)
const documents = await benchDocuments(flags.folder)
const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

if (flags.long) await longRun()
else {
  await duel()
  await sideBySide()
  await recycling()
}
process.exit(0)

/** Every contestant converts every document in turn. */
async function duel(): Promise<void> {
  const pool = await poolContestant('pool, sandbox', 'bwrap')
  const contestants: Contestant[] = [
    pool,
    await bareLoop(),
    await bareLoop(() => {}),
    await poolContestant('pool, no sandbox', 'off'),
    await commandLine(),
    await library(),
  ]
  for (const document of documents) {
    const times = new Map(contestants.map(({ name }) => [name, [] as number[]]))
    // The first round warms up and does not count.
    for (let round = 0; round <= rounds; round++)
      for (const contestant of rotated(contestants, round)) {
        const ms = await timed(() => contestant.convert(document))
        if (round > 0) times.get(contestant.name)?.push(ms)
      }
    const ours = times.get(pool.name) ?? []
    console.log(`\n${document.name} (${document.format}, ${document.bytes.length} bytes)`)
    for (const [name, theirs] of times)
      console.log(
        `  ${name.padEnd(22)} ${median(theirs).toFixed(0).padStart(6)} ms   pool is ${ratio(theirs, ours)} × as fast`,
      )
  }
  for (const contestant of contestants) await contestant.close()
}

/** The median of the ratios round by round: what slows one round slows both. */
function ratio(theirs: number[], ours: number[]): string {
  return median(theirs.map((ms, round) => ms / (ours[round] ?? Number.NaN))).toFixed(2)
}

async function sideBySide(): Promise<void> {
  await throughput('two slots against one', [
    ['one slot', await startedPool('bwrap', { slots: 1 }), 1],
    ['two slots', await startedPool('bwrap', { slots: 2 }), 2],
  ])
}

async function recycling(): Promise<void> {
  const never = { slots: 2, engineMaxDocs: 1_000_000, engineMaxRssBytes: 1e12 }
  await throughput('recycling every 20 documents against never', [
    ['never', await startedPool('bwrap', never), 2],
    ['every 20', await startedPool('bwrap', { ...never, engineMaxDocs: 20 }), 2],
  ])
}

/** Documents a minute of several pools in turns; the first is the measure. */
async function throughput(
  title: string,
  pools: [name: string, bench: TestEngine, slots: number][],
): Promise<void> {
  const rates = pools.map(() => [] as number[])
  for (let round = 0; round <= rounds; round++)
    for (const [index, [, bench, slots]] of pools.entries()) {
      const batch = Array.from({ length: 12 }, (_, n) => documents[n % documents.length] as BenchDocument)
      const ms = await timed(() => convertAll(bench, batch, slots))
      if (round > 0) rates[index]?.push((batch.length * 60_000) / ms)
    }
  console.log(`\n${title}`)
  for (const [index, [name, bench]] of pools.entries()) {
    const [own = [], first = []] = [rates[index], rates[0]]
    const to = median(own.map((rate, round) => rate / (first[round] ?? Number.NaN)))
    console.log(`  ${name.padEnd(22)} ${median(own).toFixed(0).padStart(6)} documents/min   ${to.toFixed(2)}`)
    await bench.close()
  }
}

async function convertAll(bench: TestEngine, batch: BenchDocument[], slots: number): Promise<void> {
  const left = [...batch]
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) await convertInSlot(bench, next)
  }
  await Promise.all(Array.from({ length: slots }, work))
}

async function longRun(): Promise<void> {
  const COUNT = 1000
  const bench = await startedPool('bwrap', { slots: 2 })
  const small = documents.slice(0, 2)
  const memory: number[] = []
  for (let done = 0; done < COUNT; done += 50) {
    await convertAll(
      bench,
      Array.from({ length: 50 }, (_, n) => small[n % small.length] as BenchDocument),
      2,
    )
    globalThis.gc?.()
    memory.push((await ownMemory()) / 1e6)
  }
  console.log(`memory of the worker in MB, every 50 documents: ${memory.map(mb => mb.toFixed(0)).join(' ')}`)
  await bench.engine.stop()
  console.log(`processes left: ${(await descendants()).length}`)
  console.log(`files left: ${(await readdir(bench.scratchDir)).join(' ')}`)
  await bench.close()
}

async function timed(action: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await action()
  return performance.now() - begun
}

function rotated<T>(items: T[], by: number): T[] {
  const start = by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}
