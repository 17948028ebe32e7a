/**
 * A long presentation, measured: shared by two slots, by one of them, and by LibreOffice alone; and a small file of
 * somebody else beside the shared one and beside the other. All take turns in one run. Option: `--rounds N`.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { deck } from '#test/documents/deck.ts'
import { slowDeck } from '#test/documents/slow-deck.ts'
import type { TestEngine } from '#test/integration/worker/test-engine.ts'
import type { BenchDocument } from './engine/bench-documents.ts'
import { bareLoop, convertInSlot, startedPool } from './engine/contestants.ts'

const SLIDES = 46
/** When the small file comes, by the share of the time that the long one takes alone. */
const COMES_AT = 0.4
/** The most that was promised: of LibreOffice alone, and of a small file beside an export by one slot. */
const MOST = { long: 0.62, small: 1.2 }

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } })
const long: BenchDocument = { name: 'long', format: 'pptx', bytes: await slowDeck(SLIDES) }
const small: BenchDocument = { name: 'small', format: 'pptx', bytes: await deck({ slides: 3 }) }

const bare = await bareLoop(() => {})
const shared = await startedPool('bwrap', { slots: 2 })
const whole = await startedPool('bwrap', { slots: 2, splitDocuments: false })
const times = { bare: [], shared: [], whole: [], smallBesideShared: [], smallBesideWhole: [] } as Record<
  'bare' | 'shared' | 'whole' | 'smallBesideShared' | 'smallBesideWhole',
  number[]
>
try {
  // The first round warms up and does not count.
  for (let round = 0; round <= Number(flags.rounds); round++) await measure(round > 0)
} finally {
  await bare.close()
  await shared.close()
  await whole.close()
}
const [ofBare, ofWhole] = [ratio(times.shared, times.bare), ratio(times.shared, times.whole)]
const beside = ratio(times.smallBesideShared, times.smallBesideWhole)
for (const [name, values] of Object.entries(times))
  console.log(`  ${name.padEnd(18)} ${median(values).toFixed(0)} ms`)
console.log(
  `  shared takes ${ofBare.toFixed(2)} of LibreOffice alone (at most ${MOST.long}), ${ofWhole.toFixed(2)} of one slot`,
)
console.log(
  `  a small file beside it takes ${beside.toFixed(2)} of one beside an export by one slot (at most ${MOST.small})`,
)
process.exit(ofBare <= MOST.long && beside <= MOST.small ? 0 : 1)

async function measure(counts: boolean): Promise<void> {
  const add = (name: keyof typeof times, ms: number) => counts && times[name].push(ms)
  add('bare', await timed(() => bare.convert(long)))
  const ms = await timed(() => convertInSlot(whole, long))
  add('whole', ms)
  add('shared', await timed(() => convertInSlot(shared, long)))
  add('smallBesideWhole', await smallBeside(whole, ms))
  add('smallBesideShared', await smallBeside(shared, ms))
}

/** How long a small file takes that comes while the long one is under way. */
async function smallBeside(engine: TestEngine, ms: number): Promise<number> {
  const under = convertInSlot(engine, long)
  await wait(ms * COMES_AT)
  const taken = await timed(() => convertInSlot(engine, small))
  await under
  return taken
}

async function timed(action: () => Promise<void>): Promise<number> {
  const begun = performance.now()
  await action()
  return performance.now() - begun
}

/** The median of the ratios round by round: what slows one round slows both. */
function ratio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((ms, round) => ms / (theirs[round] ?? Number.NaN)))
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
