import { pdfOf } from './small-pdf.ts'

export interface LinkedPdfOptions {
  /** Begins the titles of its bookmarks. */
  title?: string
  pages?: number
  /** The label of its first page counts from here in Roman numbers; unset: no labels. */
  romanFrom?: number
}

/**
 * A PDF in which everything refers to something: bookmarks on two levels, a link on each page to the next one by a
 * name, the last one to the first by its number; a form field called `name` on the first page; an attached file. Its
 * pages take their size from the tree.
 */
export function linkedPdf({ title = 'Part', pages = 3, romanFrom }: LinkedPdfOptions = {}): string {
  const first = 12
  const page = (index: number) => `${first + 2 * index} 0 R`
  const numbers = Array.from({ length: pages }, (_, index) => index)
  const names = numbers.map(index => `(p${index + 1}) [${page(index)} /Fit]`).join(' ')
  const labels = romanFrom === undefined ? '' : `/PageLabels<</Nums[0<</S/r/St ${romanFrom}>>]>>`
  return pdfOf([
    `<</Type/Catalog/Pages 2 0 R/Outlines 3 0 R/Names<</Dests 6 0 R/EmbeddedFiles<</Names[(data) 7 0 R]>>>>/Dests<</old 9 0 R>>/AcroForm<</Fields[10 0 R]/DA(/Helv 9 Tf)/DR<</Font<</Helv 11 0 R>>>>>>/Lang(en)${labels}>>`,
    `<</Type/Pages/Count ${pages}/MediaBox[0 0 90 90]/Kids[${numbers.map(page).join(' ')}]>>`,
    '<</Type/Outlines/First 4 0 R/Last 4 0 R/Count 2>>',
    `<</Title(${title} one)/Parent 3 0 R/First 5 0 R/Last 5 0 R/Count 1/Dest/old>>`,
    `<</Title(${title} two)/Parent 4 0 R/A<</S/GoTo/D(p2)>>>>`,
    `<</Names[${names}]>>`,
    '<</Type/Filespec/F(data.txt)/UF(data.txt)/EF<</F 8 0 R>>>>',
    '<</Type/EmbeddedFile/Length 4>>stream\ndata\nendstream\n',
    `[${page(0)} /XYZ 0 90 null]`,
    `<</FT/Tx/T(name)/V(${title})/Type/Annot/Subtype/Widget/Rect[1 1 9 9]/P ${page(0)}>>`,
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    ...numbers.flatMap(index => [
      `<</Type/Page/Parent 2 0 R/Annots[${first + 2 * index + 1} 0 R${index === 0 ? ' 10 0 R' : ''}]>>`,
      `<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest ${index === pages - 1 ? '[0 /Fit]' : `(p${index + 2})`}>>`,
    ]),
  ])
}
