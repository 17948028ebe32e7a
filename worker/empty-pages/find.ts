import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { FileText } from '#worker/check-result/file-text.ts'
import { numberIn, PlainPdf } from '#worker/check-result/plain-pdf.ts'
import { openRegular } from '#worker/regular-file.ts'

const PAGE_BYTES = 4096
/** Packed, what paints colours and lines of cells alone takes less. */
const CONTENT_BYTES = 16 * 1024
const UNPACKED_BYTES = 256 * 1024
/** Shows a text or a picture, or draws a curve. */
const SAYS = /(?:^|\s)(?:\S*T[jJ]|Do|BI|sh|[cvy])(?=\s|$)/
const unpack = promisify(inflate)

export interface EmptyPages {
  /** Their numbers, from 1. */
  empty: ReadonlySet<number>
  /** How many pages the file has. */
  pages: number
}

/**
 * The pages of a PDF that have no text, no picture and no curve. Only the plain form in which LibreOffice writes is
 * understood, and whatever is not understood says something.
 */
export async function emptyPagesOf(path: string): Promise<EmptyPages> {
  const file = await openRegular(path)
  if (!file) return { empty: new Set(), pages: 0 }
  try {
    const pdf = await PlainPdf.open(await FileText.open(file))
    const [, kids = ''] = /\/Kids\s*\[([^\]]*)\]/.exec((await pdf?.named('Pages'))?.text ?? '') ?? []
    const pages = [...kids.matchAll(/(\d+) 0 R/g)].map(([, id]) => Number(id))
    const empty = new Set<number>()
    for (const [index, id] of pages.entries()) if (pdf && (await isEmpty(pdf, id))) empty.add(index + 1)
    return { empty, pages: pages.length }
  } finally {
    await file.close()
  }
}

async function isEmpty(pdf: PlainPdf, id: number): Promise<boolean> {
  const page = (await pdf.object(id, PAGE_BYTES))?.text ?? ''
  const contents = numberIn(/\/Contents (\d+) 0 R/, page)
  // A link or a field may be all that a page has.
  if (contents === undefined || page.includes('/Annots') || !/\/Type\s*\/Page\b/.test(page)) return false
  const stream = (await pdf.object(contents, CONTENT_BYTES))?.text ?? ''
  const [head = '', start = ''] =
    /^\d+ 0 obj\s*<<[^>]*\/FlateDecode[^>]*>>\s*(stream\r?\n)/.exec(stream) ?? []
  if (!start) return false
  const content = await unpack(Buffer.from(stream.slice(head.length), 'latin1'), {
    maxOutputLength: UNPACKED_BYTES,
  }).catch(() => undefined)
  return content !== undefined && !SAYS.test(content.toString('latin1'))
}
