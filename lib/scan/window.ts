import type { Source } from './source.ts'

const LEAST_BYTES = 64 * 1024
const MOST_BYTES = 1024 * 1024

/**
 * The same source for sequential reading: it reads ahead, and further the longer the reader continues without a seek.
 * It keeps one piece in memory, at most a megabyte or the size of one request.
 */
export function inOrder(source: Source): Source {
  let from = 0
  let piece: Buffer = Buffer.alloc(0)
  let step = LEAST_BYTES
  const read = async (start: number, end: number) => {
    const stop = Math.min(end, source.size)
    if (start < from || stop > from + piece.length) {
      const goesOn = start >= from && start <= from + piece.length + LEAST_BYTES
      step = goesOn ? Math.min(step * 2, MOST_BYTES) : LEAST_BYTES
      piece = await source.read(start, Math.min(Math.max(stop, start + step), source.size))
      from = start
    }
    return piece.subarray(start - from, stop - from)
  }
  return { size: source.size, read }
}

/** A range of a source as its own source, such as a file stored uncompressed in another. */
export function stretchOf(source: Source, start: number, size: number): Source {
  return { size, read: (from, to) => source.read(start + from, start + Math.min(to, size)) }
}
