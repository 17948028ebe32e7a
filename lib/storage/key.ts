import { AppError } from '#lib/vocabulary/errors.ts'

const MAX_SEGMENT_BYTES = 255

/**
 * The segments of a key such as `jobs/<id>/source`, or of a prefix that ends in a slash. Segments that begin with a
 * dot are refused as well: they are `..`, or they belong to the storage itself.
 * @throws AppError `unsafe_key`
 */
export function segmentsOf(keyOrPrefix: string): string[] {
  const key = keyOrPrefix.endsWith('/') ? keyOrPrefix.slice(0, -1) : keyOrPrefix
  const segments = key.split('/')
  if (segments.every(isSafe)) return segments
  throw new AppError('unsafe_key', { log: `refused the storage key ${JSON.stringify(keyOrPrefix)}` })
}

/**
 * The segments of one file's key; a prefix is refused.
 * @throws AppError `unsafe_key`
 */
export function fileSegments(key: string): string[] {
  if (!key.endsWith('/')) return segmentsOf(key)
  throw new AppError('unsafe_key', { log: `a prefix is no file's key: ${JSON.stringify(key)}` })
}

/**
 * The segments of a prefix; a file's key is refused.
 * @throws AppError `unsafe_key`
 */
export function prefixSegments(prefix: string): string[] {
  if (prefix.endsWith('/')) return segmentsOf(prefix)
  throw new AppError('unsafe_key', { log: `a prefix ends in a slash: ${JSON.stringify(prefix)}` })
}

/**
 * A name that is one segment of a key.
 * @throws AppError `unsafe_key`
 */
export function oneSegment(name: string): string {
  if (isSafe(name) && !name.includes('/')) return name
  throw new AppError('unsafe_key', { log: `refused ${JSON.stringify(name)} as a part of a storage key` })
}

function isSafe(segment: string): boolean {
  if (segment === '' || segment.startsWith('.')) return false
  // A backslash is a separator on some systems, NUL ends a path in C: neither has a place in a name of ours.
  return !segment.includes('\\') && !segment.includes('\0') && Buffer.byteLength(segment) <= MAX_SEGMENT_BYTES
}
