/** Formats sizes and times for people. */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']
const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const noDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** `1.2 MB`, in powers of 1000. */
export function size(bytes: number): string {
  const power = powerOf(bytes)
  return `${scaled(bytes, power)} ${UNITS[power]}`
}

/** `18 of 45 MB`: both in the unit of the whole. */
export function sizeOf(bytes: number, total: number): string {
  const power = powerOf(total)
  return `${scaled(bytes, power)} of ${scaled(total, power)} ${UNITS[power]}`
}

/** `3.1 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 60) return `${oneDigit.format(Math.max(0.1, Math.min(seconds, 59.9)))} s`
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
}

/** `23 h`, `40 min`, `3 days`: rounded for a waiting time. */
export function span(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  if (minutes < 90) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} days`
}

/** `40 s`, `12 min`: a waiting time, from seconds that are an estimate. */
export function roughly(seconds: number): string {
  return seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : span(seconds * 1000)
}

/** `24 hours`, `7 days`: a configured period. */
export function term(ms: number): string {
  const hours = Math.round(ms / 3_600_000)
  return hours > 48 && hours % 24 === 0 ? count(hours / 24, 'day') : count(hours, 'hour')
}

/** `1 page`, `40 pages`. */
export function count(n: number, word: string): string {
  return `${noDigit.format(n)} ${word}${n === 1 ? '' : 's'}`
}

/** The same text with its numbers and units kept on one line each. */
export function unbroken(text: string): string {
  return text.replace(/(\d) (?=(?:%|[kMGT]?B|s|min|h|days?|pages?|files?)(?![a-z]))/g, '$1\u00a0')
}

function powerOf(bytes: number): number {
  // From 999.5 on it would be shown as “1,000 kB”.
  const power = bytes < 1 ? 0 : Math.floor(Math.log10(bytes * 1.0005) / 3)
  return Math.min(power, UNITS.length - 1)
}

function scaled(bytes: number, power: number): string {
  const value = bytes / 1000 ** power
  return (value < 9.95 && power > 1 ? oneDigit : noDigit).format(value)
}
