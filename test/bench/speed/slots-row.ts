import { startWebAndWorker } from '#test/web-and-worker.ts'
import { type BenchDocument, benchDocuments } from '../engine/bench-documents.ts'
import { bareLoop, convertInSlot, startedPool } from '../engine/contestants.ts'
import { convertAt } from './convert-at.ts'
import type { RowOptions, SpeedRow } from './row.ts'
import { inTurns, middleOf, ratioOf, sideBySide } from './turns.ts'

/** Documents in each turn, of three kinds. */
const COUNT = 12
/** Always more than slots, so that none waits for a file. */
const SENDERS = 4
const LEAST = 0.97

type Convert = (document: BenchDocument) => Promise<unknown>

/** One way to convert with one engine and with two. */
interface Pair {
  name: string
  one: () => Promise<void>
  two: () => Promise<void>
  close(): Promise<unknown>
}

/** What a second slot brings, against what a second bare LibreOffice brings: of the pool, and of the whole product. */
export async function slotsRow({ rounds }: RowOptions): Promise<SpeedRow[]> {
  const documents = await benchDocuments(undefined)
  const all = (lanes: number, convert: Convert) => () =>
    sideBySide(lanes, COUNT, index => convert(documents[index % documents.length] as BenchDocument))
  const pairs = [await barePair(all), await poolPair(all), await productPair(all)]
  try {
    const actions = Object.fromEntries(
      pairs.flatMap(({ name, one, two }) => [
        [`${name}1`, one],
        [`${name}2`, two],
      ]),
    )
    const times = await inTurns(rounds, actions)
    const gains = pairs.map(({ name }) => gainOf(name, times[`${name}1`] ?? [], times[`${name}2`] ?? []))
    const [bare, ...ours] = gains
    return ours.map(({ name, gain, text }) => ({
      name: `two slots of the ${name} gain, of what two bare engines do`,
      details: [bare?.text ?? '', text],
      value: gain / (bare?.gain ?? Number.NaN),
      atLeast: LEAST,
    }))
  } finally {
    for (const { close } of pairs) await close()
  }
}

function gainOf(name: string, one: number[], two: number[]) {
  const gain = ratioOf(one, two)
  const [ms1, ms2] = [one, two].map(times => middleOf(times).toFixed(0))
  return { name, gain, text: `${name}: ${ms1} ms by one, ${ms2} ms by two, gains ${gain.toFixed(2)}` }
}

type All = (lanes: number, convert: Convert) => () => Promise<void>

async function barePair(all: All): Promise<Pair> {
  const engines = await Promise.all([bareLoop(() => {}), bareLoop(() => {})])
  const free = [...engines]
  const convert: Convert = async document => {
    const engine = free.pop()
    await engine?.convert(document)
    if (engine) free.push(engine)
  }
  const close = () => Promise.all(engines.map(engine => engine.close()))
  return { name: 'bare', one: all(1, convert), two: all(2, convert), close }
}

async function poolPair(all: All): Promise<Pair> {
  const [one, two] = [await startedPool('bwrap', { slots: 1 }), await startedPool('bwrap', { slots: 2 })]
  return {
    name: 'pool',
    one: all(1, document => convertInSlot(one, document)),
    two: all(2, document => convertInSlot(two, document)),
    close: () => Promise.all([one.close(), two.close()]),
  }
}

async function productPair(all: All): Promise<Pair> {
  const start = (slots: string) => startWebAndWorker({ SLOTS: slots }, { recorded: false })
  const [one, two] = [await start('1'), await start('2')]
  const by =
    ({ url }: { url: string }): Convert =>
    document =>
      convertAt(url, document)
  return {
    name: 'product',
    one: all(SENDERS, by(one)),
    two: all(SENDERS, by(two)),
    close: async () => {
      await one.end()
      await two.end()
    },
  }
}
