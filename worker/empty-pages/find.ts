import { FileText } from '#worker/check-result/file-text.ts'
import { numberIn, PlainPdf } from '#worker/check-result/plain-pdf.ts'
import { pagesOf, streamOf } from '#worker/pdf-contents.ts'
import { openRegular } from '#worker/regular-file.ts'

const PAGE_BYTES = 4096
/** Packed, what paints colours and lines of cells alone takes less, and what paints nothing much less. */
const CONTENT_BYTES = { cells: 16 * 1024, blank: 1024 }
const UNPACKED_BYTES = 256 * 1024
/** Shows a text or a picture, or draws a curve. */
const SAYS = /(?:^|\s)(?:\S*T[jJ]|Do|BI|sh|[cvy])(?=\s|$)/
/** Paints anything. */
const PAINTS = /(?:^|\s)(?:\S*T[jJ]|Do|BI|sh|[fFbBsS]\*?)(?=\s|$)/
/** The clip that is the page, and what may be filled all over it. */
const PAGE = /q ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re\s+W/
const FILL = /((?:[-\d.]+ [-\d.]+ [ml]\s+){4,5})h\s+f\*/g

export interface EmptyPages {
  /** Their numbers, from 1. */
  empty: ReadonlySet<number>
  /** How many pages the file has. */
  pages: number
}

/**
 * The pages of a PDF that have nothing on them; of sheets also those with no text, no picture and no curve. Only the plain
 * form in which LibreOffice writes is understood, and whatever is not understood says something.
 */
export async function emptyPagesOf(path: string, isOfSheets: boolean): Promise<EmptyPages> {
  const file = await openRegular(path)
  if (!file) return { empty: new Set(), pages: 0 }
  try {
    const pdf = await PlainPdf.open(await FileText.open(file))
    const pages = pdf ? await pagesOf(pdf) : []
    const empty = new Set<number>()
    for (const [index, id] of pages.entries())
      if (pdf && (await isEmpty(pdf, id, isOfSheets))) empty.add(index + 1)
    return { empty, pages: pages.length }
  } finally {
    await file.close()
  }
}

async function isEmpty(pdf: PlainPdf, id: number, isOfSheets: boolean): Promise<boolean> {
  const page = (await pdf.object(id, PAGE_BYTES))?.text ?? ''
  const contents = numberIn(/\/Contents (\d+) 0 R/, page)
  // A link or a field may be all that a page has.
  if (contents === undefined || page.includes('/Annots') || !/\/Type\s*\/Page\b/.test(page)) return false
  const packed = CONTENT_BYTES[isOfSheets ? 'cells' : 'blank']
  const drawn = await streamOf(pdf, contents, { packed, unpacked: UNPACKED_BYTES })
  if (drawn === undefined) return false
  return isOfSheets ? !SAYS.test(drawn) : !PAINTS.test(withoutBackground(drawn))
}

/** Without the colours that a slide and its master have all over. */
function withoutBackground(content: string): string {
  const [left = 0, bottom = 0, width = 0, height = 0] = PAGE.exec(content)?.slice(1).map(Number) ?? []
  const isEdge = (value: number, from: number, length: number) =>
    Math.min(Math.abs(value - from), Math.abs(value - from - length)) < 1
  return content.replace(FILL, (fill, points: string) => {
    const corners = [...points.matchAll(/([-\d.]+) ([-\d.]+) [ml]/g)]
    const isPage = corners.every(
      ([, x, y]) => isEdge(Number(x), left, width) && isEdge(Number(y), bottom, height),
    )
    return isPage ? '' : fill
  })
}
