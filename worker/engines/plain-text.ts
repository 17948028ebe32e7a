/** Plain text that is read or written: its characters and what stands between its cells, by LibreOffice's own names. */
import { open } from 'node:fs/promises'
import { type Charset, type Delimiter, SOURCES } from '#lib/formats.ts'
import type { Conversion } from '#worker/engine.ts'

/** Each character set as a spreadsheet's filter numbers it and as a text's filter names it. */
const CHARSETS: Readonly<Record<string, readonly [number: number, name: string]>> = {
  'utf-8': [76, 'UTF8'],
  'utf-16': [65535, 'UCS2'],
  'windows-1250': [33, 'MS_1250'],
  'windows-1251': [34, 'MS_1251'],
  'windows-1252': [1, 'MS_1252'],
  'iso-8859-1': [12, 'ISO_8859_1'],
  'iso-8859-2': [13, 'ISO_8859_2'],
  'iso-8859-15': [22, 'ISO_8859_15'],
  shift_jis: [64, 'SHIFT_JIS'],
  gb18030: [85, 'GB_18030'],
  big5: [68, 'BIG5'],
  'euc-kr': [79, 'EUC_KR'],
} satisfies Record<Charset, readonly [number: number, name: string]>
const DELIMITERS: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  pipe: '|',
  space: ' ',
} satisfies Record<Delimiter, string>
const QUOTE = '"'.charCodeAt(0)

/** Enough to tell one from another. */
const HEAD_BYTES = 64 * 1024
const LINES = 20

type Wish = Pick<Conversion, 'sourcePath' | 'format' | 'target' | 'options'>

/** The options of the filter that reads this source; undefined where it is not plain text. */
export async function readingOptions({ sourcePath, format, options }: Wish): Promise<string | undefined> {
  if (!['csv', 'tsv', 'txt'].includes(format)) return undefined
  const head = await headOf(sourcePath)
  const charset = String(options?.charset ?? charsetOf(head))
  if (format === 'txt') return nameOf(charset)
  const text = new TextDecoder(charset === 'utf-16' ? 'utf-16le' : charset).decode(head)
  const told = options?.delimiter
  const delimiter = format === 'tsv' ? '\t' : told ? (DELIMITERS[String(told)] ?? ',') : delimiterOf(text)
  return [delimiter.charCodeAt(0), QUOTE, numberOf(charset), 1].join(',')
}

/** The options of the filter that writes this target; undefined where it has none. */
export function writingOptions({
  format,
  target,
  options = {},
}: Omit<Wish, 'sourcePath'>): string | undefined {
  // What was told of a text that is read says nothing of the one that is written.
  const isPlain = ['csv', 'tsv', 'txt'].includes(format)
  const charset = String((!isPlain && options.charset) || 'utf-8')
  if (target === 'html') return 'EmbedImages'
  if (target === 'txt' && SOURCES.get(format)?.family === 'document')
    // Only where it tells the order of the bytes is a mark at the beginning of use.
    return `${nameOf(charset)},LF,,,${charset === 'utf-16'}`
  if (target !== 'csv') return undefined
  const delimiter = DELIMITERS[String((format !== 'csv' && options.delimiter) || 'comma')] ?? ','
  const [everyTextQuoted, asShown, formulas] = [false, true, false]
  const cells = [1, '', 0, everyTextQuoted, asShown, formulas]
  return [delimiter.charCodeAt(0), QUOTE, numberOf(charset), ...cells].join(',')
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function charsetOf(head: Buffer): string {
  if (/^(\xff\xfe|\xfe\xff)/.test(head.toString('latin1', 0, 2))) return 'utf-16'
  try {
    // As a stream: the head may end amid a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** The one that divides the first lines into most cells, and all of them into as many. */
function delimiterOf(text: string): string {
  const lines = text
    .replace(/"[^"]*"/g, '')
    .split(/\r?\n/, LINES)
    .filter(line => line !== '')
  // Where two do equally well, the comma stands inside of numbers.
  const scores = ['\t', ';', '|', ','].map(delimiter => {
    const counts = lines.map(line => line.split(delimiter).length - 1)
    const least = Math.min(...counts)
    return {
      delimiter,
      score: least > 0 && least === Math.max(...counts) ? 1000 + least : sum(counts) / 1000,
    }
  })
  return scores.sort((a, b) => b.score - a.score)[0]?.delimiter ?? ','
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
const numberOf = (charset: string) => CHARSETS[charset]?.[0] ?? 76
const nameOf = (charset: string) => CHARSETS[charset]?.[1] ?? 'UTF8'
