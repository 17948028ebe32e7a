import type { IncomingHttpHeaders } from 'node:http'
import fresh from 'fresh'
import parseRange from 'range-parser'
import type { ByteRange } from '#lib/storage.ts'

/** What a representation is told apart by. `etag` is strong, in its quotes. */
export interface Validators {
  etag: string
  lastModified?: Date | null
}

/** Whether the asker has it already: `If-None-Match`, or else `If-Modified-Since` (RFC 9110, 13.1). */
export function isNotModified(asked: IncomingHttpHeaders, { etag, lastModified }: Validators): boolean {
  // Not its Cache-Control: `fetch` adds “no-cache” to every request with a condition of the page's own.
  const conditions = {
    'if-none-match': asked['if-none-match'],
    'if-modified-since': asked['if-modified-since'],
  }
  return fresh(conditions, { etag, 'last-modified': lastModified?.toUTCString() })
}

/** Whether the asker wants another one than there is: `If-Match`, or else `If-Unmodified-Since`. */
export function preconditionFails(asked: IncomingHttpHeaders, { etag, lastModified }: Validators): boolean {
  const match = asked['if-match']
  if (match !== undefined) return match.trim() !== '*' && !tagsIn(match).includes(etag)
  const since = Date.parse(asked['if-unmodified-since'] ?? '')
  // What is no date is no condition.
  return !!lastModified && wholeSeconds(lastModified) > since
}

/**
 * The one range that a GET asks for: undefined for all of it, `unsatisfiable` where it lies outside of `bytes`.
 * Several ranges at once, other units and what is no range are answered with all, as is an outdated `If-Range`.
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

/** The last N bytes of a shorter file are all of it (RFC 9110, 14.1.2); `range-parser` takes them for none. */
const withinFile = (set: string, bytes: number) =>
  set.replace(/(?<=(?:^|,)\s*)-(\d+)/g, (_, last) => `-${Math.min(Number(last), bytes)}`)

const tagsIn = (list: string) => list.match(/(?:W\/)?"[^"]*"/g) ?? ([] as string[])

/** HTTP's dates know no milliseconds. */
const wholeSeconds = (date: Date) => Math.floor(date.getTime() / 1000) * 1000
