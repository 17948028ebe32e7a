import { FileText } from '#worker/check-result/file-text.ts'
import { numberIn, PlainPdf } from '#worker/check-result/plain-pdf.ts'
import { pagesOf, streamOf } from '#worker/pdf-contents.ts'
import { openRegular } from '#worker/regular-file.ts'

const PAGE_BYTES = 4096
/** The largest compressed size of a page with only coloured cells and lines, and of a blank one. */
const CONTENT_BYTES = { cells: 16 * 1024, blank: 1024 }
const UNPACKED_BYTES = 256 * 1024
/** Operators that show a text or a picture, or draw a curve. */
const SAYS = /(?:^|\s)(?:\S*T[jJ]|Do|BI|sh|[cvy])(?=\s|$)/
/** Operators that paint anything. */
const PAINTS = /(?:^|\s)(?:\S*T[jJ]|Do|BI|sh|[fFbBsS]\*?)(?=\s|$)/
/** The clip path of the page, and what may fill all of it. */
const PAGE = /q ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re\s+W/
const FILL = /((?:[-\d.]+ [-\d.]+ [ml]\s+){4,5})h\s+f\*/g

export interface EmptyPages {
  /** Page numbers from 1. */
  empty: ReadonlySet<number>
  /** The page count of the file. */
  pages: number
}

/**
 * The pages of a PDF without content; for sheets also those without text, pictures and curves. It reads only the plain
 * form that LibreOffice writes, and treats everything else as content.
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
  // A link or a field may be the only content of a page.
  if (contents === undefined || page.includes('/Annots') || !/\/Type\s*\/Page\b/.test(page)) return false
  const packed = CONTENT_BYTES[isOfSheets ? 'cells' : 'blank']
  const drawn = await streamOf(pdf, contents, { packed, unpacked: UNPACKED_BYTES })
  if (drawn === undefined) return false
  return isOfSheets ? !SAYS.test(drawn) : !PAINTS.test(withoutBackground(drawn))
}

/** Removes the background colours of a slide and its master. */
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
