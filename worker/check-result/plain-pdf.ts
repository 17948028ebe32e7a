import type { FileText } from './file-text.ts'

/** The size of an entry in a cross-reference table: offset, generation, in use or not. */
const ENTRY_BYTES = 20
const TAIL_BYTES = 2048
/** Enough for the root of some thousand pages; LibreOffice lists them all in one object. */
const OBJECT_BYTES = 128 * 1024

/** What is read of an object at first, in bytes. */
const FIRST_BYTES = 4096

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
  readonly #table: Table

  private constructor(file: FileText, table: Table, catalog: string) {
    this.#file = file
    this.#table = table
    this.catalog = catalog
  }

  /** Undefined for any other form. */
  static async open(file: FileText): Promise<PlainPdf | undefined> {
    const tail = await file.slice(Math.max(0, file.size - TAIL_BYTES), TAIL_BYTES)
    const position = numberIn(/startxref\s+(\d+)\s+%%EOF\s*$/, tail)
    const root = numberIn(/trailer\s*<<.*?\/Root (\d+) 0 R/s, tail)
    const table = position === undefined ? undefined : await tableAt(file, position)
    if (!table || root === undefined) return undefined
    const catalog = await objectIn(file, table, { id: root })
    return catalog && new PlainPdf(file, table, catalog.text)
  }

  /** The object that the catalog refers to by this name; undefined when the table does not lead to it. */
  async named(name: string): Promise<PdfObject | undefined> {
    const id = numberIn(new RegExp(`/${name} (\\d+) 0 R`), this.catalog)
    return id === undefined ? undefined : this.object(id)
  }

  /** An object of at most `bytes` bytes. */
  object(id: number, bytes?: number): Promise<PdfObject | undefined> {
    return objectIn(this.#file, this.#table, { id, bytes })
  }
}

/** A cross-reference table. */
interface Table {
  /** The offset of its first entry. */
  entries: number
  count: number
}

async function tableAt(file: FileText, position: number): Promise<Table | undefined> {
  const [head, count] = /^xref\s+0 (\d+)\s*?\n/.exec(await file.slice(position, 64)) ?? []
  return head === undefined ? undefined : { entries: position + head.length, count: Number(count) }
}

async function objectIn(
  file: FileText,
  { entries, count }: Table,
  { id, bytes = OBJECT_BYTES }: { id: number; bytes?: number | undefined },
): Promise<PdfObject | undefined> {
  if (id >= count) return undefined
  const entry = await file.slice(entries + id * ENTRY_BYTES, ENTRY_BYTES)
  const position = numberIn(/^(\d{10}) \d{5} n/, entry)
  if (position === undefined) return undefined
  // Most are much smaller than they may be.
  for (let size = Math.min(bytes, FIRST_BYTES); ; size = Math.min(bytes, size * 8)) {
    const found = await file.slice(position, size)
    const end = found.indexOf('endobj')
    if (end >= 0) return found.startsWith(`${id} 0 obj`) ? { position, text: found.slice(0, end) } : undefined
    if (size === bytes || found.length < size) return undefined
  }
}

/** The first group of a pattern. */
export function numberIn(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)
  return found ? Number(found[1]) : undefined
}
