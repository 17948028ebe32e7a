import { escapeXml } from './escape-xml.ts'

/** The first number for a workbook's own formats. */
const FIRST_FORMAT = 164
/** The format “Text”: later input in such a cell stays text too. */
const TEXT_FORMAT = 49
const TEXTS = ['', 'wrap', 'text', 'text wrap'] as const

/** The formats of cells, numbered in order of their first use. */
export class Styles {
  readonly #formats = new Map<string, number>()

  ofText({ wrapped, likeValue }: { wrapped: boolean; likeValue: boolean }): number {
    return (likeValue ? 2 : 0) + (wrapped ? 1 : 0)
  }

  ofFormat(format: string): number {
    if (format === 'General') return 0
    const known = this.#formats.get(format)
    if (known !== undefined) return known
    const style = TEXTS.length + this.#formats.size
    this.#formats.set(format, style)
    return style
  }

  /** The styles part of a workbook, after all cells are written. */
  xml(): string {
    const formats = [...this.#formats.keys()]
    const own = formats.map(
      (format, index) => `<numFmt numFmtId="${FIRST_FORMAT + index}" formatCode="${escapeXml(format)}"/>`,
    )
    const texts = TEXTS.map(text =>
      look(text.includes('text') ? TEXT_FORMAT : 0, text.includes('wrap') ? WRAP : ''),
    )
    const looks = [...texts, ...formats.map((_, index) => look(FIRST_FORMAT + index))]
    return `<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${own.length > 0 ? `<numFmts count="${own.length}">${own.join('')}</numFmts>` : ''}${FONTS}<cellXfs count="${looks.length}">${looks.join('')}</cellXfs></styleSheet>`
  }
}

const WRAP = '<alignment wrapText="1"/>'
const FONTS =
  '<fonts count="1"><font><sz val="10"/><name val="Liberation Sans"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'

function look(format: number, alignment = ''): string {
  return `<xf numFmtId="${format}" applyNumberFormat="1"${alignment ? ' applyAlignment="1"' : ''}>${alignment}</xf>`
}
