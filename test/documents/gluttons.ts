/** Small files that take all the time or all the room there is. Nothing in them is forbidden: a limit has to stop them. */
import { flat } from './flat.ts'
import type { Hostile } from './hostile.ts'
import { word } from './packages.ts'

const BREAK =
  '<style:style style:name="b" style:family="paragraph"><style:paragraph-properties xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" fo:break-before="page"/></style:style>'

/** Each needs a limit to be stopped. */
export async function gluttons(): Promise<Hostile[]> {
  return [
    { does: 'prints a million rows', format: 'fods', bytes: manyRows() },
    { does: 'has a hundred thousand pages', format: 'fodt', bytes: manyPages(100_000) },
    { does: 'shows one group in another without end', format: 'svg', bytes: endlessDrawing() },
    { does: 'has no room for a word on its pages', format: 'docx', bytes: await tinyPages() },
  ]
}

/** A text of so many pages with a letter on each. */
export function manyPages(pages: number): string {
  return flat('text', '<text:p text:style-name="b">x</text:p>'.repeat(pages), { styles: BREAK })
}

/** A drawing of a thousand bytes that keeps LibreOffice busy for minutes: each group shows the one before ten times. */
export function endlessDrawing(): string {
  const groups = Array.from({ length: 8 }, (_, level) => {
    const inner = level === 0 ? '<path d="M0 0h9v9z"/>' : `<use xlink:href="#g${level - 1}"/>`.repeat(10)
    return `<g id="g${level}">${inner}</g>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="99" height="99">${groups.join('')}</svg>`
}

function manyRows(): string {
  const row = `<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>`
  return flat('spreadsheet', `<table:table table:name="t"><table:table-column/>${row}</table:table>`)
}

/** A letter of a kilobyte whose layout has no end. */
function tinyPages(): Promise<Buffer> {
  const page = `<w:sectPr><w:pgSz w:w="200" w:h="200"/><w:pgMar w:top="90" w:bottom="90" w:left="90" w:right="90"/></w:sectPr>`
  return word(`${'<w:p><w:r><w:t>word word word word</w:t></w:r></w:p>'.repeat(2000)}${page}`)
}
