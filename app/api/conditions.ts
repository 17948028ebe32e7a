import type { IncomingHttpHeaders } from 'node:http'
import fresh from 'fresh'
import parseRange from 'range-parser'
import type { ByteRange } from '#lib/storage.ts'

/** The validators of a representation. `etag` is strong, including its quotes. */
export interface Validators {
  etag: string
  lastModified?: Date | null
}

/**
 * Whether the client already has this representation: `If-None-Match`, or else `If-Modified-Since` (RFC 9110, 13.1).
 */
export function isNotModified(asked: IncomingHttpHeaders, { etag, lastModified }: Validators): boolean {
  // Without its Cache-Control: `fetch` adds “no-cache” to every request with the page's own condition.
  const conditions = {
    'if-none-match': asked['if-none-match'],
    'if-modified-since': asked['if-modified-since'],
  }
  return fresh(conditions, { etag, 'last-modified': lastModified?.toUTCString() })
}

/** Whether the client requires another representation: `If-Match`, or else `If-Unmodified-Since`. */
export function preconditionFails(asked: IncomingHttpHeaders, { etag, lastModified }: Validators): boolean {
  const match = asked['if-match']
  if (match !== undefined) return match.trim() !== '*' && !tagsIn(match).includes(etag)
  const since = Date.parse(asked['if-unmodified-since'] ?? '')
  // An invalid date is ignored.
  return !!lastModified && wholeSeconds(lastModified) > since
}

/**
 * The single range that a GET requests: undefined for the whole, `unsatisfiable` where it lies outside `bytes`. Several
 * ranges, other units, invalid ranges and an outdated `If-Range` are answered with the whole.
 */
export function rangeOf(
  asked: IncomingHttpHeaders,
  bytes: number,
  { etag, lastModified }: Validators,
): ByteRange | undefined | 'unsatisfiable' {
  const [, set] = /^bytes=(.*)$/i.exec(asked.range ?? '') ?? []
  const condition = asked['if-range']
  if (set === undefined) return undefined
  if (condition !== undefined && condition !== etag && condition !== lastModified?.toUTCString())
    return undefined
  const ranges = parseRange(bytes, `bytes=${withinFile(set, bytes)}`)
  if (ranges === -1) return 'unsatisfiable'
  const [range] = ranges === -2 || ranges.length > 1 ? [] : ranges
  return range && { start: range.start, end: range.end }
}

/**
 * The last N bytes of a shorter file are the whole file (RFC 9110, 14.1.2); `range-parser` treats them as
 * unsatisfiable.
 */
const withinFile = (set: string, bytes: number) =>
  set.replace(/(?<=(?:^|,)\s*)-(\d+)/g, (_, last) => `-${Math.min(Number(last), bytes)}`)

const tagsIn = (list: string) => list.match(/(?:W\/)?"[^"]*"/g) ?? ([] as string[])

/** HTTP dates have no milliseconds. */
const wholeSeconds = (date: Date) => Math.floor(date.getTime() / 1000) * 1000
