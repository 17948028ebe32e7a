import { Readable } from 'node:stream'
import type { ByteRange, ObjectStore } from '#lib/storage.ts'
import { type Segment, segmentKey } from './manifest.ts'

/** A range of one segment. */
interface Piece {
  segment: Segment
  range: ByteRange
}

/** The bytes of an unfinished upload, one segment after the other. */
export function readSegments(
  storage: ObjectStore,
  { id, segments }: { id: string; segments: readonly Segment[] },
  range: ByteRange = { start: 0, end: Number.POSITIVE_INFINITY },
): Readable {
  return Readable.from(chunksOf(storage, id, piecesWithin(segments, range)), { objectMode: false })
}

async function* chunksOf(storage: ObjectStore, id: string, pieces: readonly Piece[]): AsyncIterable<Buffer> {
  for (const { segment, range } of pieces) yield* await storage.read(segmentKey(id, segment), range)
}

function piecesWithin(segments: readonly Segment[], { start, end }: ByteRange): Piece[] {
  let offset = 0
  return segments.flatMap(segment => {
    const first = Math.max(0, start - offset)
    const last = Math.min(segment.bytes - 1, end - offset)
    offset += segment.bytes
    return first <= last ? [{ segment, range: { start: first, end: last } }] : []
  })
}
