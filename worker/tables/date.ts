/** Detects dates and times of day, with the number format that writes them unchanged. */
import type { DateOrder } from '#lib/vocabulary/formats.ts'

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{1,2}:\d{2}(?::\d{2})?))?$/
const COMMON = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?: (\d{1,2}:\d{2}(?::\d{2})?))?$/
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/
const DAY_MS = 86_400_000
const DAY_ZERO = Date.UTC(1899, 11, 30)
/** Programs count the days before 1 March 1900 differently. */
const FIRST_DAY = 61

type DateCell = { kind: 'number'; value: string; format: string }

/** Undefined for other text. `order` is the order of day and month where the year comes last. */
export function dateOf(text: string, order: Exclude<DateOrder, 'none'>): DateCell | undefined {
  if (TIME.test(text)) return timeOf(text)
  const [, isoYear, isoMonth, isoDay, isoTime] = ISO.exec(text) ?? []
  if (isoYear) return joined(dayNumber(isoYear, isoMonth, isoDay), 'yyyy"-"mm"-"dd', isoTime)
  const [, first = '', sign = '', second = '', year, time] = COMMON.exec(text) ?? []
  if (!year) return undefined
  const [day, month] = order === 'dayFirst' ? [first, second] : [second, first]
  const [one, two] = order === 'dayFirst' ? ['d', 'm'] : ['m', 'd']
  // A date such as 12/4/2023 has no leading zero, and 04/12/2023 has one.
  const twice = /^0|[./-]0/.test(`${first}${sign}${second}`) || (first.length > 1 && second.length > 1)
  const width = twice ? 2 : 1
  if (twice && (first.length === 1 || second.length === 1)) return undefined
  const format = `${one.repeat(width)}"${sign}"${two.repeat(width)}"${sign}"yyyy`
  return joined(dayNumber(year, month, day), format, time)
}

function dayNumber(year = '', month = '', day = ''): number | undefined {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return undefined
  const number = (date.getTime() - DAY_ZERO) / DAY_MS
  return number >= FIRST_DAY ? number : undefined
}

function joined(day: number | undefined, format: string, time: string | undefined): DateCell | undefined {
  if (day === undefined) return undefined
  if (time === undefined) return { kind: 'number', value: String(day), format }
  const clock = timeOf(time)
  return (
    clock && { kind: 'number', value: String(day + Number(clock.value)), format: `${format} ${clock.format}` }
  )
}

function timeOf(text: string): DateCell | undefined {
  const [, hours = '', minutes, seconds] = TIME.exec(text) ?? []
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined
  const part = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) / 86_400
  // 6:00 and 06:00 differ; 12:30 may be either.
  const hour = hours.length === 2 ? 'hh' : 'h'
  return { kind: 'number', value: String(part), format: `${hour}:mm${seconds ? ':ss' : ''}` }
}
