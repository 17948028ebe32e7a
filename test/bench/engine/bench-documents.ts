import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { claimedFormat } from '#lib/vocabulary/formats.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { flagsOf } from '#test/integration/worker/test-engine.ts'
import type { Conversion } from '#worker/engine.ts'
import { factsFromScan } from '#worker/scan-facts.ts'

export interface BenchDocument {
  name: string
  format: string
  bytes: Buffer
  /** What the scan found, which is over when a job is made. */
  facts: Partial<Conversion>
}

/** The three that everybody has, made here; or the real ones of a folder. */
export async function benchDocuments(folder: string | undefined): Promise<BenchDocument[]> {
  if (folder === undefined)
    return Promise.all([
      scanned('1 slide', 'pptx', await deck({ slides: 1 })),
      scanned('20 pages', 'docx', await letter({ pages: 20 })),
      scanned('50 slides', 'pptx', await deck({ slides: 50, pictures: 50 })),
    ])
  const names = (await readdir(folder)).sort()
  const documents = names.map(async name => {
    const format = claimedFormat(name)
    return format ? [await scanned(name, format, await readFile(join(folder, name)))] : []
  })
  return (await Promise.all(documents)).flat()
}

/** A document with what the scan finds in it. */
export async function scanned(name: string, format: string, bytes: Buffer): Promise<BenchDocument> {
  return { name, format, bytes, facts: factsFromScan(format, (await flagsOf({ bytes, format })) ?? null) }
}
