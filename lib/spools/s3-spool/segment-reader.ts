import { Readable } from 'node:stream'
import type { ByteRange, ObjectStore } from '#lib/storage.ts'
import type { Segment } from './commits.ts'

/** A range of one segment. */
interface Piece {
  key: string
  range: ByteRange
}

/** The bytes of an unfinished upload, one segment after the other. */
export function readSegments(
  storage: ObjectStore,
  segments: readonly Segment[],
  range: ByteRange = { start: 0, end: Number.POSITIVE_INFINITY },
): Readable {
  return Readable.from(chunksOf(storage, piecesWithin(segments, range)), { objectMode: false })
}

async function* chunksOf(storage: ObjectStore, pieces: readonly Piece[]): AsyncIterable<Buffer> {
  for (const { key, range } of pieces) yield* await storage.read(key, range)
}

function piecesWithin(segments: readonly Segment[], { start, end }: ByteRange): Piece[] {
  let offset = 0
  return segments.flatMap(({ key, bytes }) => {
    const first = Math.max(0, start - offset)
    const last = Math.min(bytes - 1, end - offset)
    offset += bytes
    return first <= last ? [{ key, range: { start: first, end: last } }] : []
  })
}
