import type { FileText } from './file-text.ts'
import { numberIn, PlainPdf } from './plain-pdf.ts'

/** The page count that a PDF declares. Undefined for any form other than the plain one that LibreOffice writes. */
export async function pagesInTree(file: FileText): Promise<number | undefined> {
  const tree = (await (await PlainPdf.open(file))?.named('Pages'))?.text ?? ''
  return /\/Type\s*\/Pages\b/.test(tree) ? numberIn(/\/Count (\d+)/, tree) : undefined
}
