import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { claimedFormat } from '#lib/vocabulary/formats.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'

export interface BenchDocument {
  name: string
  format: string
  bytes: Buffer
}

/** The three that everybody has, made here; or the real ones of a folder. */
export async function benchDocuments(folder: string | undefined): Promise<BenchDocument[]> {
  if (folder === undefined)
    return [
      { name: '1 slide', format: 'pptx', bytes: await deck({ slides: 1 }) },
      { name: '20 pages', format: 'docx', bytes: await letter({ pages: 20 }) },
      { name: '50 slides', format: 'pptx', bytes: await deck({ slides: 50, pictures: 50 }) },
    ]
  const names = (await readdir(folder)).sort()
  const documents = names.map(async name => {
    const format = claimedFormat(name)
    return format ? [{ name, format, bytes: await readFile(join(folder, name)) }] : []
  })
  return (await Promise.all(documents)).flat()
}
