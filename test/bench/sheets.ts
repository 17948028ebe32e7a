/**
 * One page per sheet, measured: against plain pages of paper and against LibreOffice's own option, which loses cells.
 * All take turns on one LibreOffice. What is measured is processor time, its and ours, which a busy machine leaves as
 * it is; what counts are the ratios.
 *
 *   --folder DIR   real workbooks instead of those made here
 *   --rounds N     turns each (20)
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { SOURCES } from '#lib/vocabulary/formats.ts'
import { cpuMs } from '#test/cpu-time.ts'
import { workbook } from '#test/documents/sheet.ts'
import { startSoffice } from '#test/integration/worker/uno/soffice.ts'
import { chooseSheets } from '#worker/engines/warm/choose-sheets.ts'
import { exportFilter, importFilter } from '#worker/engines/warm/filters.ts'
import { usageOf } from '#worker/sandbox/usage.ts'
import type { OfficeDocument } from '#worker/uno/document.ts'
import { any } from '#worker/uno/values.ts'
import { type BenchDocument, benchDocuments, scanned } from './engine/bench-documents.ts'

const WAYS = ['paper', 'own option', 'whole sheets'] as const
type Way = (typeof WAYS)[number]

const { values: flags } = parseArgs({
  options: { folder: { type: 'string' }, rounds: { type: 'string', default: '20' } },
})
const rounds = Number(flags.rounds)
const soffice = await startSoffice()
const sums = new Map<Way, number>()
for (const document of await workbooks()) {
  const times = await measured(document)
  for (const [way, time] of times) sums.set(way, (sums.get(way) ?? 0) + time)
  tell(document.name, times)
}
tell('all together', sums)
await soffice.stop()
process.exit(0)

async function workbooks(): Promise<BenchDocument[]> {
  if (flags.folder !== undefined)
    return (await benchDocuments(flags.folder)).filter(
      ({ format }) => SOURCES.get(format)?.family === 'spreadsheet',
    )
  const sheets = (count: number) => Array.from({ length: count }, (_, index) => `Sheet ${index + 1}`)
  return Promise.all([
    scanned('1 small sheet', 'xlsx', await workbook(sheets(1))),
    scanned('1 sheet of 40 columns', 'xlsx', await workbook(sheets(1), { columns: 40 })),
    scanned('12 sheets', 'xlsx', await workbook(sheets(12))),
  ])
}

/** Milliseconds of the processor for each turn; the first round warms up and does not count. */
async function measured(document: BenchDocument): Promise<ReadonlyMap<Way, number>> {
  const times = new Map<Way, number>()
  const source = join(soffice.directory, `source.${document.format}`)
  await writeFile(source, document.bytes)
  for (let round = 0; round <= rounds; round++)
    for (const way of [...WAYS.slice(round % 3), ...WAYS.slice(0, round % 3)]) {
      const before = used()
      await convert(source, document.format, way)
      if (round > 0) times.set(way, (times.get(way) ?? 0) + (used() - before) / rounds)
    }
  return times
}

function used(): number {
  return (usageOf([soffice.pid])?.cpuMs ?? 0) + cpuMs()
}

async function convert(source: string, format: string, way: Way): Promise<void> {
  const document = await soffice.office.load(source, { filter: importFilter(format) })
  if (!document) throw new Error(`${source} was not loaded`)
  const options = { onePagePerSheet: way === 'whole sheets' }
  await chooseSheets(document, { options, signal: AbortSignal.timeout(300_000) })
  await print(document, way)
  await document.close()
}

function print(document: OfficeDocument, way: Way): Promise<void> {
  const own = { SinglePageSheets: any('boolean', way === 'own option') }
  return document.store(join(soffice.directory, 'result.pdf'), exportFilter('spreadsheet', 'pdf') ?? '', {
    filterData: own,
  })
}

function tell(name: string, times: ReadonlyMap<Way, number>): void {
  const [paper = 0, own = 0, whole = 0] = WAYS.map(way => times.get(way))
  const each = WAYS.map(way => `${way} ${times.get(way)?.toFixed(0)} ms`).join(', ')
  console.log(
    `${name}\n  ${each}: ${(whole / paper).toFixed(2)} × paper, ${(whole / own).toFixed(2)} × own option`,
  )
}
