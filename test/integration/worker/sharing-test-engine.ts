/** An engine that shares every export, and stands still until the lent one draws, so that a test sees it do so. */
import { readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { SOURCES } from '#lib/vocabulary/formats.ts'
import type { Progress } from '#lib/vocabulary/job.ts'
import { pagePictures, pageText } from '#test/pdf.ts'
import { pdfLinks, pdfOutline } from '#test/pdf-structure.ts'
import { until } from '#test/until.ts'
import { checkResult } from '#worker/check-result.ts'
import { type Conversion, type Engine, type LentEngine, type PageShare, withConvert } from '#worker/engine.ts'
import { withSharedExport } from '#worker/shared-export.ts'
import { officeOf } from './office-of.ts'
import { collectNotes, type TestEngine, type TestSource } from './test-engine.ts'

const LIMITS = { cpuMs: 900_000, stallMs: 60_000, memoryBytes: 3e9, resultBytes: 1e9 }

export interface SharedBy {
  /** The number of the slot's own LibreOffice, which stands still, and of the lent one. */
  own: number
  lent: number
}

export interface SharingEvents {
  /** The lent engine has begun to draw; the own one goes on after this. */
  onShared?(offices: SharedBy): unknown
  /** The own engine has exported the document. */
  onOwnDone?(offices: SharedBy): unknown
  signal?: AbortSignal
  /** Whether a second engine begins, always by default. */
  isWorth?(): boolean
}

export interface SharedResult {
  pdf: Buffer
  /** Whether it was joined of two exports. */
  isJoined: boolean
  pages: number | null
  notes: [code: string, count: number][]
  told: Progress[]
}

/** Converts into a PDF, shared where there are events. */
export async function convertShared(
  testEngine: TestEngine,
  { bytes, format, facts = {} }: TestSource & { facts?: Partial<Conversion> },
  events?: SharingEvents,
): Promise<SharedResult> {
  const { bare, sandbox, slots } = testEngine
  const { signal = AbortSignal.timeout(300_000) } = events ?? {}
  return slots.use(async directory => {
    const sourcePath = join(directory, `source.${format}`)
    await writeFile(sourcePath, bytes)
    const { notes, onNote } = collectNotes()
    const told: Progress[] = []
    const isBook = SOURCES.get(format)?.family === 'spreadsheet'
    const one = { own: await officeOf(directory), isBook }
    const engine = events ? sharingEngine(testEngine, one, events) : bare
    const onProgress = (progress: Progress) => void told.push(progress)
    const place = { ...facts, sourcePath, format, target: 'pdf', directory, signal }
    const converted = await engine.convert({ ...place, onProgress, onNote })
    const pages = await checkResult({ ...converted, target: 'pdf', slot: directory, signal }, sandbox)
    const isJoined = basename(converted.path).startsWith('shared-')
    return { pdf: await readFile(converted.path), isJoined, pages, notes, told }
  })
}

/** What a reader sees of a result. */
export const seen = async ({ pdf, pages, notes }: SharedResult) => ({
  ...{ pages, notes, text: await pageText(pdf), links: await pdfLinks(pdf), outline: await pdfOutline(pdf) },
  pictures: (await pagePictures(pdf)).map(({ pixels }) => pixels.toString('base64')),
})

/** Resolves when what an earlier test ended is started again. */
export function allIdle({ slots }: TestEngine): Promise<unknown> {
  const idle = () => slots.activity().filter(({ state }) => state === 'idle')
  return until('all processes are ready', () => idle().length === 3)
}

/** The own engine is stopped when the other one is lent, until that draws its first page or ends without any. */
function sharingEngine(
  { bare, sandbox }: TestEngine,
  { own, isBook }: { own: number; isBook: boolean },
  events: SharingEvents,
): Engine {
  let offices: SharedBy | undefined
  const onShared = async (lent: number) => {
    offices = { own, lent }
    await events.onShared?.(offices)
    process.kill(own, 'SIGCONT')
  }
  const watched = withConvert(bare, async conversion => {
    const converted = await bare.convert(conversion)
    if (offices) await events.onOwnDone?.(offices)
    return converted
  })
  const lend: Engine['lend'] = slot => {
    const lent = bare.lend?.(slot)
    if (!lent) return undefined
    // A workbook is exported for a try before the lent engine begins.
    if (!isBook) process.kill(own, 'SIGSTOP')
    return watchedLent(lent, {
      onBegun: () => process.kill(own, 'SIGSTOP'),
      onFirstPage: office => void onShared(office),
      onNone: () => process.kill(own, 'SIGCONT'),
    })
  }
  const options = { sandbox, limits: LIMITS, isWorth: events.isWorth ?? (() => true) }
  return withSharedExport(Object.assign(watched, { lend }), options)
}

interface LentEvents {
  onBegun(): void
  /** Its LibreOffice waits for the answer, so that it cannot have drawn all of its pages by then. */
  onFirstPage(office: number): void
  /** It has ended without any page. */
  onNone(): void
}

function watchedLent(lent: LentEngine, to: LentEvents): LentEngine {
  let hasDrawn = false
  const drawsAny = (office: number) => {
    if (!hasDrawn) to.onFirstPage(office)
    hasDrawn = true
  }
  return {
    directory: lent.directory,
    get isPaused() {
      return lent.isPaused
    },
    giveBack: () => lent.giveBack(),
    convert: async conversion => {
      const office = await officeOf(lent.directory)
      to.onBegun()
      const share = watchedShare(conversion, () => drawsAny(office))
      return lent.convert({ ...conversion, ...share }).finally(() => {
        if (!hasDrawn) to.onNone()
      })
    },
  }
}

/** The share of a conversion, of slides or of ranges, which tells when something of it is drawn. */
function watchedShare({ share, ranges }: Conversion, onDrawn: () => void): Partial<Conversion> {
  const drawsNext: PageShare['drawsNext'] = printed => {
    const draws = share?.drawsNext(printed) ?? false
    if (draws) onDrawn()
    return draws
  }
  return {
    ...(share && { share: { drawsFirst: false, drawsNext } }),
    ...(ranges && { ranges: total => watchedRanges(ranges(total), onDrawn) }),
  }
}

async function* watchedRanges(
  ranges: ReturnType<NonNullable<Conversion['ranges']>>,
  onDrawn: () => void,
): ReturnType<NonNullable<Conversion['ranges']>> {
  for (let next = await ranges.next(); !next.done; ) {
    onDrawn()
    next = await ranges.next(yield next.value)
  }
}
