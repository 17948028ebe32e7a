/**
 * A long presentation and a long workbook: shared by two slots, by one of them, and by LibreOffice alone; and a small file
 * of somebody else beside the shared presentation and beside the other.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { deck } from '#test/documents/deck.ts'
import { orders } from '#test/documents/sheet.ts'
import { slowDeck } from '#test/documents/slow-deck.ts'
import type { TestEngine } from '#test/integration/worker/test-engine.ts'
import { type BenchDocument, scanned } from '../engine/bench-documents.ts'
import { bareLoop, type Contestant, convertInSlot, startedPool } from '../engine/contestants.ts'
import type { RowOptions, SpeedRow } from './row.ts'
import { middleOf, ratioOf, tookMs } from './turns.ts'

const SLIDES = 46
/** Some 1,200 pages. */
const BOOK = { sheets: 8, rows: 4000 }
/** When the small file comes, by the share of the time that the long one takes alone. */
const COMES_AT = 0.4
/** The most that was promised: of LibreOffice alone, and of a small file beside an export by one slot. */
const MOST = { long: 0.62, book: 0.8, small: 1.2 }

interface Documents {
  long: BenchDocument
  book: BenchDocument
  small: BenchDocument
}

interface Engines {
  bare: Contestant
  shared: TestEngine
  whole: TestEngine
}

type Name =
  | ('bare' | 'shared' | 'whole')
  | ('bareBook' | 'sharedBook' | 'wholeBook')
  | ('smallBesideShared' | 'smallBesideWhole')

export async function longRow({ rounds }: RowOptions): Promise<SpeedRow[]> {
  const documents = {
    long: await scanned('long', 'pptx', await slowDeck(SLIDES)),
    book: await scanned('book', 'xlsx', await orders(BOOK)),
    small: await scanned('small', 'pptx', await deck({ slides: 3 })),
  }
  const bare = await bareLoop(() => {})
  const shared = await startedPool('bwrap', { slots: 2 })
  const whole = await startedPool('bwrap', { slots: 2, splitDocuments: false })
  const measured: Record<Name, number>[] = []
  try {
    for (let round = 0; round <= rounds; round++)
      measured.push(await measure({ bare, shared, whole }, documents))
  } finally {
    await bare.close()
    await shared.close()
    await whole.close()
  }
  // The first round warms up and does not count.
  const times = (name: Name) => measured.slice(1).map(round => round[name])
  const of = (name: Name) => `${middleOf(times(name)).toFixed(0)} ms`
  const ofWhole = ratioOf(times('shared'), times('whole')).toFixed(2)
  const bookOfWhole = ratioOf(times('sharedBook'), times('wholeBook')).toFixed(2)
  return [
    {
      name: 'a long deck shared by two slots, of LibreOffice alone',
      details: [
        `bare ${of('bare')}, one slot ${of('whole')}, shared ${of('shared')}: ${ofWhole} of one slot`,
      ],
      value: ratioOf(times('shared'), times('bare')),
      atMost: MOST.long,
    },
    {
      name: 'a long workbook shared by two slots, of LibreOffice alone',
      details: [
        `bare ${of('bareBook')}, one slot ${of('wholeBook')}, shared ${of('sharedBook')}: ${bookOfWhole} of one slot`,
      ],
      value: ratioOf(times('sharedBook'), times('bareBook')),
      atMost: MOST.book,
    },
    {
      name: 'a small file beside the deck, of one beside an export by one slot',
      details: [`beside one slot ${of('smallBesideWhole')}, beside shared ${of('smallBesideShared')}`],
      value: ratioOf(times('smallBesideShared'), times('smallBesideWhole')),
      atMost: MOST.small,
    },
  ]
}

async function measure(
  { bare, shared, whole }: Engines,
  documents: Documents,
): Promise<Record<Name, number>> {
  const { long, book } = documents
  const alone = await tookMs(() => convertInSlot(whole, long))
  return {
    bare: await tookMs(() => bare.convert(long)),
    whole: alone,
    shared: await tookMs(() => convertInSlot(shared, long)),
    bareBook: await tookMs(() => bare.convert(book)),
    wholeBook: await tookMs(() => convertInSlot(whole, book)),
    sharedBook: await tookMs(() => convertInSlot(shared, book)),
    smallBesideWhole: await smallBeside(whole, documents, alone),
    smallBesideShared: await smallBeside(shared, documents, alone),
  }
}

/** How long a small file takes that comes while the long one, which takes `ms` alone, is under way. */
async function smallBeside(engine: TestEngine, { long, small }: Documents, ms: number): Promise<number> {
  const under = convertInSlot(engine, long)
  await wait(ms * COMES_AT)
  const taken = await tookMs(() => convertInSlot(engine, small))
  await under
  return taken
}
