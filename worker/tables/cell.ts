/** Detects the type of a cell in plain text. A cell that would look different as a value stays text. */
import type { DateOrder } from '#lib/vocabulary/formats.ts'
import { dateOf } from './date.ts'
import type { Marks } from './marks.ts'

export interface Typing {
  marks: Marks
  dates: DateOrder
  percentages: boolean
  formulas: boolean
  asText: boolean
}

export type Cell =
  | { kind: 'text' }
  | { kind: 'formula'; formula: string }
  /** `format`: the workbook's number format with which it looks as it was written. */
  | { kind: 'number'; value: string; format: string }

/** The decimal digits that a double always keeps. */
const MOST_DIGITS = 15
/** The digits that every program shows unchanged. */
const GENERAL_DIGITS = 11
const NUMBER = /^(-?)(0|[1-9]\d*)(?:([.,])(\d+))?$/
const GROUPED = /^(-?)([1-9]\d{0,2}(?:([.,])\d{3})+)(?:(?!\3)([.,])(\d+))?$/
const PERCENTAGE = /^(.*\d)( ?)%$/
const TEXT: Cell = { kind: 'text' }
/** Makes a program use German points and commas, whatever its own language. */
const WITH_COMMA = '[$-407]'

/** The type, value and number format of a cell's text. */
export function cellOf(text: string, typing: Typing): Cell {
  if (typing.asText) return TEXT
  if (typing.formulas && /^=./s.test(text)) return { kind: 'formula', formula: text.slice(1) }
  return (
    numberOf(text, typing.marks) ??
    (typing.percentages ? percentageOf(text, typing.marks) : undefined) ??
    (typing.dates === 'none' ? undefined : dateOf(text, typing.dates)) ??
    TEXT
  )
}

type NumberCell = Extract<Cell, { kind: 'number' }>

function numberOf(text: string, { decimal, group }: Marks): NumberCell | undefined {
  const last = text.charCodeAt(text.length - 1)
  // Most cells are text: this check is faster than the next ones.
  if (!(last >= 0x30 && last <= 0x39)) return undefined
  const [, sign = '', whole, mark, decimals = ''] = NUMBER.exec(text) ?? []
  if (whole !== undefined && (!mark || mark === decimal))
    return number(sign, whole, { decimals, format: plainFormat(whole, decimals), decimal })
  const [, minus = '', thousands, between, point, parts = ''] = GROUPED.exec(text) ?? []
  if (thousands === undefined || between !== group || (point && point !== decimal)) return undefined
  const format = `#,##0${fraction(parts)}`
  return number(minus, thousands.replaceAll(between ?? '', ''), { decimals: parts, format, decimal })
}

function number(
  sign: string,
  whole: string,
  { decimals, format, decimal }: { decimals: string; format: string; decimal: Marks['decimal'] },
): NumberCell | undefined {
  const digits = whole + decimals
  const significant = digits.replace(/^0+/, '')
  if (significant.length > MOST_DIGITS || decimals.length > MOST_DIGITS) return undefined
  // A zero has no sign in a workbook.
  if (sign && significant === '') return undefined
  const value = sign + whole + (decimals && `.${decimals}`)
  return {
    kind: 'number',
    value,
    format: decimal === ',' && /[.,]/.test(format) ? WITH_COMMA + format : format,
  }
}

function plainFormat(whole: string, decimals: string): string {
  if (decimals) return `0${fraction(decimals)}`
  return whole.length <= GENERAL_DIGITS ? 'General' : '0'
}

const fraction = (decimals: string) => (decimals ? `.${'0'.repeat(decimals.length)}` : '')

function percentageOf(text: string, marks: Marks): NumberCell | undefined {
  const [, figure = '', space = ''] = PERCENTAGE.exec(text) ?? []
  const found = numberOf(figure, marks)
  if (!found) return undefined
  const format = found.format === 'General' ? '0' : found.format
  // The space is kept as quoted text.
  return { kind: 'number', value: `${found.value}E-2`, format: `${format}${space && '" "'}%` }
}
