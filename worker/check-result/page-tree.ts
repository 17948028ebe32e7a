import type { FileText } from './file-text.ts'
import { numberIn, PlainPdf } from './plain-pdf.ts'

/** The number of pages that a PDF says it has. Undefined for anything but the plain form in which LibreOffice writes. */
export async function pagesInTree(file: FileText): Promise<number | undefined> {
  const tree = (await (await PlainPdf.open(file))?.named('Pages'))?.text ?? ''
  return /\/Type\s*\/Pages\b/.test(tree) ? numberIn(/\/Count (\d+)/, tree) : undefined
}
