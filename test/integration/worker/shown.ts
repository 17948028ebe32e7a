/** What a document shows when it goes the way of a job: what the scan sees is handed to the engine. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { pageText } from '#test/pdf.ts'
import { importFilter } from '#worker/engines/warm/filters.ts'
import { factsFromScan } from '#worker/scan-facts.ts'
import {
  collectNotes,
  type Made,
  make,
  type TestEngine,
  type TestSettings,
  type TestSource,
} from './test-engine.ts'
import { startSoffice } from './uno/soffice.ts'

export interface Shown extends Made {
  /** Its lines, without those that are empty. */
  lines: string[]
  notes: [code: string, count: number][]
}

export async function shown(
  testEngine: Pick<TestEngine, 'slots' | 'engine' | 'sandbox'>,
  { bytes, format }: TestSource,
  wanted: TestSettings,
): Promise<Shown> {
  const { flags } = await scan(sourceOfBuffer(Buffer.from(bytes)), `a.${format}`)
  const { notes, onNote } = collectNotes()
  const made = await make(
    testEngine,
    { bytes, format },
    { ...wanted, ...factsFromScan(format, flags), onNote },
  )
  const text = wanted.target === 'pdf' ? await pageText(made.bytes) : made.bytes.toString()
  const lines = text.split(/[\n\f]/).map(line => line.trim())
  return { ...made, notes, lines: lines.filter(line => line !== '') }
}

/** What LibreOffice itself writes of a document, with each of these filters. */
export async function saved(
  { bytes, format }: TestSource,
  filters: Readonly<Record<string, string>>,
): Promise<Map<string, Buffer>> {
  const soffice = await startSoffice()
  try {
    const path = join(soffice.directory, `a.${format}`)
    await writeFile(path, bytes)
    const document = await soffice.office.load(path, { filter: importFilter(format) })
    const made = new Map<string, Buffer>()
    for (const [ending, filter] of Object.entries(filters)) {
      const copy = join(soffice.directory, `copy.${ending}`)
      await document?.store(copy, filter)
      made.set(ending, await readFile(copy))
    }
    return made
  } finally {
    await soffice.stop()
  }
}
