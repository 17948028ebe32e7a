import type { FileText } from './file-text.ts'

/** Cross-reference tables have entries of exactly so many bytes: offset, generation, whether in use. */
const ENTRY_BYTES = 20
const TAIL_BYTES = 2048
/** Room for the root of some thousand pages; LibreOffice lists them all in one. */
const OBJECT_BYTES = 128 * 1024

/**
 * The number of pages that a PDF says it has, from its end over the cross-reference table to the root of its pages:
 * as a viewer finds it. Undefined for anything but the plain form in which LibreOffice writes,
 * and for whatever does not fit together: then a real reader must look.
 */
export async function pagesInTree(file: FileText): Promise<number | undefined> {
  const tail = await file.slice(Math.max(0, file.size - TAIL_BYTES), TAIL_BYTES)
  const table = number(/startxref\s+(\d+)\s+%%EOF\s*$/, tail)
  const root = number(/trailer\s*<<.*?\/Root (\d+) 0 R/s, tail)
  if (table === undefined || root === undefined) return undefined
  const catalog = await object(file, table, root)
  const pages = number(/\/Pages (\d+) 0 R/, catalog)
  const tree = pages === undefined ? '' : await object(file, table, pages)
  return /\/Type\s*\/Pages\b/.test(tree) ? number(/\/Count (\d+)/, tree) : undefined
}

/** The text of an object, up to its end; empty when the table does not lead to it. */
async function object(file: FileText, table: number, id: number): Promise<string> {
  const head = /^xref\s+0 (\d+)\s*?\n/.exec(await file.slice(table, 64))
  if (!head || id >= Number(head[1])) return ''
  const entry = await file.slice(table + head[0].length + id * ENTRY_BYTES, ENTRY_BYTES)
  const offset = number(/^(\d{10}) \d{5} n/, entry)
  if (offset === undefined) return ''
  const found = await file.slice(offset, OBJECT_BYTES)
  const end = found.indexOf('endobj')
  return found.startsWith(`${id} 0 obj`) && end > 0 ? found.slice(0, end) : ''
}

function number(pattern: RegExp, text: string): number | undefined {
  const found = pattern.exec(text)
  return found ? Number(found[1]) : undefined
}
