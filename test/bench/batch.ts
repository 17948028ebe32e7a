/**
 * A batch of 48 mixed files, measured: how much faster two slots make it than one, against what two bare warm engines
 * gain over one with the same files. All four take turns in one run. Option: `--rounds`.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { sheet } from '#test/documents/sheet.ts'
import { clearAway, makeDataDir, startInstance, type TestInstance } from '#test/test-instance.ts'
import { until } from '#test/until.ts'
import { type BenchDocument, scanned } from './engine/bench-documents.ts'
import { bareLoop, type Contestant } from './engine/contestants.ts'

const FILES = 48
/** The least part of the bare gain that the product must have. */
const LEAST = 0.97
const LONG_MS = 600_000
const LOOK_EVERY_MS = 250

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
const files = await mixedFiles()
const engines = [await bareLoop(), await bareLoop()]
const products = [await startedProduct(1), await startedProduct(2)]
try {
  await measure()
} finally {
  for (const engine of engines) await engine.close()
  for (const instance of products) {
    await instance.end('SIGTERM')
    await clearAway(instance.dataDir)
  }
}
process.exit()

/** Decks, letters and workbooks of several lengths, in no order of their lengths. */
async function mixedFiles(): Promise<BenchDocument[]> {
  const made: BenchDocument[] = []
  for (let n = 0; n < FILES; n++) {
    const size = 1 + ((n * 7) % 16)
    const title = `File ${n}`
    const add = async (format: string, bytes: Buffer) =>
      made.push(await scanned(`${title}.${format}`, format, bytes))
    if (n % 3 === 0) await add('pptx', await deck({ title, slides: size, pictures: size / 2 }))
    if (n % 3 === 1) await add('docx', await letter({ title, pages: 2 * size }))
    if (n % 3 === 2) await add('xlsx', await sheet({ title, rows: 100 * size }))
  }
  return made
}

async function startedProduct(slots: number): Promise<TestInstance> {
  const env = { SLOTS: String(slots) }
  const instance = await startInstance({ dataDir: makeDataDir(), recorded: false, env })
  await instance.ready()
  await until('it is ready', async () => (await fetch(`${instance.url}/readyz`)).ok)
  return instance
}

async function measure(): Promise<void> {
  const [one, two] = products
  if (!one || !two) return
  const ways = [
    { name: 'one bare engine', run: () => convertAll(engines.slice(0, 1)) },
    { name: 'two bare engines', run: () => convertAll(engines) },
    { name: 'a batch, one slot', run: () => convertBatch(one) },
    { name: 'a batch, two slots', run: () => convertBatch(two) },
  ]
  const seconds = ways.map(() => [] as number[])
  // The first round warms up and does not count.
  for (let round = 0; round <= Number(flags.rounds); round++) {
    for (const [index, { name, run }] of ways.entries()) {
      const took = (await run()) / 1000
      if (round > 0) seconds[index]?.push(took)
      console.log(`round ${round}: ${name} ${took.toFixed(1)} s`)
    }
  }
  for (const [index, { name }] of ways.entries())
    console.log(`${name.padEnd(20)} ${median(seconds[index] ?? []).toFixed(1)} s`)
  conclude(seconds)
}

/** The median of the gains round by round: what slows one round slows all of it. */
function conclude([bareOne = [], bareTwo = [], one = [], two = []]: readonly number[][]): void {
  const gain = (slow: readonly number[], fast: readonly number[]) =>
    median(slow.map((took, round) => took / (fast[round] ?? Number.NaN)))
  const [bare, ours] = [gain(bareOne, bareTwo), gain(one, two)]
  console.log(
    `two bare engines gain ${bare.toFixed(2)}, two slots ${ours.toFixed(2)}: ${(ours / bare).toFixed(2)}`,
  )
  if (!(ours / bare >= LEAST)) process.exitCode = 1
}

/** Milliseconds that the engines need for all files, each taking the next one. */
async function convertAll(bare: readonly Contestant[]): Promise<number> {
  const left = [...files]
  const work = async ({ convert }: Contestant) => {
    for (let next = left.shift(); next; next = left.shift()) await convert(next)
  }
  const begun = performance.now()
  await Promise.all(bare.map(work))
  return performance.now() - begun
}

/** Milliseconds from sending the files in one call to the end of the last one. */
async function convertBatch({ url }: TestInstance): Promise<number> {
  const form = new FormData()
  for (const { name, bytes } of files) form.append('file', new Blob([new Uint8Array(bytes)]), name)
  const begun = Date.now()
  const { batch } = await (await fetch(`${url}/api/batches`, { method: 'POST', body: form })).json()
  const read = async (limit: number) => (await fetch(`${url}/api/batches/${batch.id}?limit=${limit}`)).json()
  const isDone = async () => {
    // Looking more often would take the processor from what is measured.
    await wait(LOOK_EVERY_MS)
    return (await read(1)).counts.completed === FILES
  }
  await until('all are completed', isDone, LONG_MS)
  const { jobs }: { jobs: Snapshot[] } = await read(FILES)
  return Math.max(...jobs.map(({ finishedAt }) => Date.parse(finishedAt ?? ''))) - begun
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
