import type { FileText } from './file-text.ts'

/** Cross-reference tables have entries of exactly so many bytes: offset, generation, whether in use. */
const ENTRY_BYTES = 20
const TAIL_BYTES = 2048
/** Room for the root of some thousand pages; LibreOffice lists them all in one. */
const OBJECT_BYTES = 128 * 1024

export interface PdfObject {
  /** Where it begins in the file. */
  position: number
  /** Up to its end, one character a byte. */
  text: string
}

/**
 * The objects of a PDF in the plain form in which LibreOffice writes, found as a viewer finds them: from the end over
 * the cross-reference table. Whatever does not fit together is not found: then a real reader must look.
 */
export class PlainPdf {
  readonly catalog: string
  readonly #file: FileText
  readonly #table: number

  private constructor(file: FileText, table: number, catalog: string) {
    this.#file = file
    this.#table = table
    this.catalog = catalog
  }

  /** Undefined for any other form. */
  static async open(file: FileText): Promise<PlainPdf | undefined> {
    const tail = await file.slice(Math.max(0, file.size - TAIL_BYTES), TAIL_BYTES)
    const table = numberIn(/startxref\s+(\d+)\s+%%EOF\s*$/, tail)
    const root = numberIn(/trailer\s*<<.*?\/Root (\d+) 0 R/s, tail)
    if (table === undefined || root === undefined) return undefined
    const catalog = await objectAt(file, table, root)
    return catalog && new PlainPdf(file, table, catalog.text)
  }

  /** What the catalog names so; undefined when the table does not lead to it. */
  async named(name: string): Promise<PdfObject | undefined> {
    const id = numberIn(new RegExp(`/${name} (\\d+) 0 R`), this.catalog)
    return id === undefined ? undefined : objectAt(this.#file, this.#table, id)
  }
}

async function objectAt(file: FileText, table: number, id: number): Promise<PdfObject | undefined> {
  const head = /^xref\s+0 (\d+)\s*?\n/.exec(await file.slice(table, 64))
  if (!head || id >= Number(head[1])) return undefined
  const entry = await file.slice(table + head[0].length + id * ENTRY_BYTES, ENTRY_BYTES)
  const position = numberIn(/^(\d{10}) \d{5} n/, entry)
  if (position === undefined) return undefined
  const found = await file.slice(position, OBJECT_BYTES)
  const end = found.indexOf('endobj')
  if (!found.startsWith(`${id} 0 obj`) || end < 0) return undefined
  return { position, text: found.slice(0, end) }
}

/** The first group of a pattern. */
export function numberIn(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)
  return found ? Number(found[1]) : undefined
}
