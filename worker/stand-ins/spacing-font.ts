/**
 * A TrueType font that only contains spaces. As the first font for a name it sets the line height and the width of
 * spaces; all other characters are drawn with the fonts after it.
 */

/** All lengths in thousandths of the font's size. */
export interface Spacing {
  family: string
  blank: number
  ascent: number
  descent: number
}

const UNITS = 1000
/** The characters and their glyphs. Without one of another width the font would count as monospaced. */
const CHARACTERS = [
  { code: 0x20, glyph: 1 },
  { code: 0xa0, glyph: 1 },
  { code: 0x3000, glyph: 2 },
]
const GLYPHS = 3
/** LibreOffice ignores fonts of less than a kilobyte. */
const MARGIN = 1024
const MAGIC = 0x5f0f3cf5
const WHOLE_SUM = 0xb1b0afba
/** The platform Windows, in English and in UTF-16. */
const NAMES_FOR = [3, 1, 0x409] as const

/** The bytes of the TrueType file. */
export function spacingFont(spacing: Spacing): Buffer {
  const tables: Record<string, Buffer> = {
    'OS/2': systemMetrics(spacing),
    cmap: characters(),
    glyf: Buffer.alloc(MARGIN),
    head: head(),
    hhea: words(1, 0, spacing.ascent, -spacing.descent, 0, UNITS, ...zeros(11), GLYPHS),
    hmtx: words(UNITS, 0, spacing.blank, 0, UNITS, 0),
    loca: words(...zeros(GLYPHS + 1)),
    maxp: words(1, 0, GLYPHS, 0, 0, 0, 0, 2, ...zeros(8)),
    name: names(spacing.family),
    post: words(3, ...zeros(15)),
  }
  return assembled(tables)
}

function systemMetrics({ blank, ascent, descent }: Spacing): Buffer {
  const [regular, medium, usual] = [400, 5, 0x40]
  return words(
    ...[4, blank, regular, medium, ...zeros(25), 0x2020, 0x2020, usual, 0x20, 0x3000],
    ...[ascent, -descent, 0, ascent, descent, ...zeros(6), 0, 0x20, 1],
  )
}

/** Each character is a separate segment, and the last one closes the table. */
function characters(): Buffer {
  const segments = [...CHARACTERS, { code: 0xffff, glyph: 0 }]
  const codes = segments.map(({ code }) => code)
  const count = segments.length
  return words(
    ...[0, 1, 3, 1, 0, 12, 4, 16 + 8 * count, 0, 2 * count, 8, 2, 2 * count - 8, ...codes, 0, ...codes],
    ...[...segments.map(({ code, glyph }) => glyph - code), ...zeros(count)],
  )
}

function head(): Buffer {
  const table = Buffer.alloc(54)
  table.writeUInt32BE(0x10000, 0)
  table.writeUInt32BE(0x10000, 4)
  table.writeUInt32BE(MAGIC, 12)
  table.writeUInt16BE(UNITS, 18)
  table.writeUInt16BE(8, 46)
  table.writeUInt16BE(2, 48)
  return table
}

function names(family: string): Buffer {
  const postscript = family.replaceAll(' ', '')
  const all = [family, 'Regular', family, family, '1', postscript].map((name, at) => ({
    number: at + 1,
    text: Buffer.from(name, 'utf16le').swap16(),
  }))
  let offset = 0
  const records = all.flatMap(({ number, text }) => {
    const record = [...NAMES_FOR, number, text.length, offset]
    offset += text.length
    return record
  })
  const start = 6 + 12 * all.length
  return Buffer.concat([words(0, all.length, start, ...records), ...all.map(({ text }) => text)])
}

function assembled(tables: Readonly<Record<string, Buffer>>): Buffer {
  const all = Object.entries(tables)
  let at = 12 + 16 * all.length
  const directory = all.map(([tag, table]) => {
    const record = Buffer.alloc(16)
    record.write(tag.padEnd(4), 'latin1')
    record.writeUInt32BE(sumOf(table), 4)
    record.writeUInt32BE(at, 8)
    record.writeUInt32BE(table.length, 12)
    at += padded(table).length
    return record
  })
  const start = words(1, 0, all.length, 128, 3, 16 * all.length - 128)
  const font = Buffer.concat([start, ...directory, ...all.map(([, table]) => padded(table))])
  const headAt = directory[Object.keys(tables).indexOf('head')]?.readUInt32BE(8) ?? 0
  font.writeUInt32BE((WHOLE_SUM - sumOf(font)) >>> 0, headAt + 8)
  return font
}

function sumOf(table: Buffer): number {
  const whole = padded(table)
  let sum = 0
  for (let at = 0; at < whole.length; at += 4) sum = (sum + whole.readUInt32BE(at)) >>> 0
  return sum
}

const padded = (table: Buffer) => Buffer.concat([table, Buffer.alloc(-table.length & 3)])
const zeros = (count: number): number[] => Array<number>(count).fill(0)

/** Numbers of 16 bits, including negative ones. */
function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length)
  values.forEach((value, at) => {
    bytes.writeUInt16BE(value & 0xffff, 2 * at)
  })
  return bytes
}
