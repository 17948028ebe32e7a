import type { Source } from './source.ts'

/** Unpacked chunks as a source that reads only forwards: bytes before the current position read as nothing. */
export function forward(chunks: AsyncIterable<Buffer>, size: number): Source & { close(): Promise<void> } {
  const iterator = chunks[Symbol.asyncIterator]()
  let from = 0
  let piece: Buffer = Buffer.alloc(0)
  const read = async (start: number, end: number) => {
    while (start >= from && from + piece.length < Math.min(end, size)) {
      const { value, done } = await iterator.next()
      if (done) break
      const kept = piece.subarray(start - from)
      from += piece.length - kept.length
      piece = kept.length > 0 ? Buffer.concat([kept, value]) : value
    }
    return start < from ? Buffer.alloc(0) : piece.subarray(start - from, end - from)
  }
  return { size, read, close: async () => void (await iterator.return?.()) }
}
