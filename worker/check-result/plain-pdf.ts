import type { FileText } from './file-text.ts'

/** The size of an entry in a cross-reference table: offset, generation, in use or not. */
const ENTRY_BYTES = 20
const TAIL_BYTES = 2048
/** Enough for the root of some thousand pages; LibreOffice lists them all in one object. */
const OBJECT_BYTES = 128 * 1024

export interface PdfObject {
  /** The offset where it begins in the file. */
  position: number
  /** Its bytes up to its end, one character per byte. */
  text: string
}

/**
 * Reads the objects of a PDF in the plain form that LibreOffice writes, as a viewer does: from the end through the
 * cross-reference table. An inconsistent file yields nothing; then a real reader must check it.
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
    const catalog = await objectAt(file, table, { id: root })
    return catalog && new PlainPdf(file, table, catalog.text)
  }

  /** The object that the catalog refers to by this name; undefined when the table does not lead to it. */
  async named(name: string): Promise<PdfObject | undefined> {
    const id = numberIn(new RegExp(`/${name} (\\d+) 0 R`), this.catalog)
    return id === undefined ? undefined : this.object(id)
  }

  /** An object of at most `bytes` bytes. */
  object(id: number, bytes?: number): Promise<PdfObject | undefined> {
    return objectAt(this.#file, this.#table, { id, bytes })
  }
}

async function objectAt(
  file: FileText,
  table: number,
  { id, bytes = OBJECT_BYTES }: { id: number; bytes?: number | undefined },
): Promise<PdfObject | undefined> {
  const head = /^xref\s+0 (\d+)\s*?\n/.exec(await file.slice(table, 64))
  if (!head || id >= Number(head[1])) return undefined
  const entry = await file.slice(table + head[0].length + id * ENTRY_BYTES, ENTRY_BYTES)
  const position = numberIn(/^(\d{10}) \d{5} n/, entry)
  if (position === undefined) return undefined
  const found = await file.slice(position, bytes)
  const end = found.indexOf('endobj')
  if (!found.startsWith(`${id} 0 obj`) || end < 0) return undefined
  return { position, text: found.slice(0, end) }
}

/** The first group of a pattern. */
export function numberIn(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)
  return found ? Number(found[1]) : undefined
}
