/** Formats sizes and times for people. */
import type { Texts } from '../messages/texts.ts'

/** The same in every language. */
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

/** `1.2 MB`, in powers of 1000. */
export function size(texts: Texts, bytes: number): string {
  const power = powerOf(bytes)
  return texts.t('units.bytes', { n: scaled(texts, bytes, power), unit: UNITS[power] ?? '' })
}

/** `18 of 45 MB`: both in the unit of the whole. */
export function sizeOf(texts: Texts, bytes: number, total: number): string {
  const power = powerOf(total)
  return texts.t('units.partOf', { part: scaled(texts, bytes, power), whole: size(texts, total) })
}

/** `3.1 s`, `2 min 5 s`. */
export function duration({ t, number }: Texts, ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 60) return t('units.seconds', { n: number(Math.max(0.1, Math.min(seconds, 59.9)), 1) })
  const minutes = Math.floor(seconds / 60)
  return t('units.minutesSeconds', { minutes, seconds: Math.floor(seconds % 60) })
}

/** `23 h`, `40 min`, `3 days`: rounded for a waiting time. */
export function span({ t }: Texts, ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000))
  if (minutes < 90) return t('units.minutes', { n: minutes })
  const hours = Math.round(minutes / 60)
  return hours < 48 ? t('units.hours', { n: hours }) : t('count.days', { n: Math.round(hours / 24) })
}

/** `40 s`, `12 min`: a waiting time, from seconds that are an estimate. */
export function roughly(texts: Texts, seconds: number): string {
  if (seconds >= 90) return span(texts, seconds * 1000)
  return texts.t('units.seconds', { n: Math.max(1, Math.round(seconds)) })
}

/** `24 hours`, `7 days`: a configured period. */
export function term({ t }: Texts, ms: number): string {
  const hours = Math.round(ms / 3_600_000)
  return hours > 48 && hours % 24 === 0 ? t('count.days', { n: hours / 24 }) : t('count.hours', { n: hours })
}

/** The same text with its numbers and units kept on one line each. */
export function unbroken(text: string): string {
  return text.replace(UNIT_AFTER_NUMBER, '$1\u00a0')
}

/** A name within a text, of which neither changes the direction of the other. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`
}

const UNIT_AFTER_NUMBER =
  /(\d) (?=(?:%|[kMGT]?B|s|min|h|days?|pages?|files?|Std\.|Tagen?|Seiten?|Datei(?:en)?|ث|د|س|%)(?!\p{L}))/gu

function powerOf(bytes: number): number {
  // From 999.5 on it would be shown as “1,000 kB”.
  const power = bytes < 1 ? 0 : Math.floor(Math.log10(bytes * 1.0005) / 3)
  return Math.min(power, UNITS.length - 1)
}

function scaled({ number }: Texts, bytes: number, power: number): string {
  const value = bytes / 1000 ** power
  return number(value, value < 9.95 && power > 1 ? 1 : 0)
}
