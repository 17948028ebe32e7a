import type { ObjectStore } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

/** A file to look at, wherever it lies: only ever parts of it are read. */
export interface Source {
  /** In bytes. */
  size: number
  /** The bytes from `start` up to, not including, `end`; fewer only where the file ends before. */
  read(start: number, end: number): Promise<Buffer>
}

/** Up to this size a file is fetched at once: opening it again costs more than it holds. */
const WHOLE_BYTES = 256 * 1024
const BLOCK_BYTES = 64 * 1024
const BLOCKS_KEPT = 16
/** What the largest honest table of contents stays far below; a file that asks for more leads us in circles. */
const BUDGET_BYTES = 64 * 1024 * 1024

/** What lies under a storage key, as a source. */
export function sourceOf(storage: ObjectStore, key: string, size: number): Source {
  const fetch = async (start: number, end: number) => {
    const last = Math.min(end, size) - 1
    return last < start ? Buffer.alloc(0) : allOf(await storage.read(key, { start, end: last }))
  }
  if (size > WHOLE_BYTES) return { size, read: fetch }
  let whole: Promise<Buffer> | undefined
  const read = async (start: number, end: number) => {
    whole ??= fetch(0, size)
    return (await whole).subarray(start, end)
  }
  return { size, read }
}

/** All that comes, in one piece. (Node's own `buffer()` goes through a Blob, which takes longer than the reading.) */
export async function allOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of chunks) parts.push(part)
  const [first] = parts
  return parts.length === 1 && first ? first : Buffer.concat(parts)
}

const STEP_BYTES = 256 * 1024

/** All of a source from front to back, in pieces of 256 KiB. */
export async function* chunksOf(source: Source): AsyncIterable<Buffer> {
  for (let at = 0; at < source.size; at += STEP_BYTES)
    yield await source.read(at, Math.min(at + STEP_BYTES, source.size))
}

/** A small file that is in memory anyway, as a source. */
export function sourceOfBuffer(data: Buffer): Source {
  return { size: data.length, read: async (start, end) => data.subarray(start, end) }
}

/**
 * The same source, read in blocks that are kept for a while (a look goes to and fro in small steps, and a bucket
 * answers each step slowly), and with a budget, since the file decides where we look and the file may be hostile.
 */
export function carefully(source: Source): Source {
  const blocks = new Map<number, Promise<Buffer>>()
  let left = BUDGET_BYTES
  const fetch = async (index: number) => {
    left -= BLOCK_BYTES
    if (left < 0) throw new AppError('corrupt_file', { details: { reason: 'its parts point in circles' } })
    return source.read(index * BLOCK_BYTES, Math.min((index + 1) * BLOCK_BYTES, source.size))
  }
  const block = (index: number) => {
    const found = blocks.get(index) ?? fetch(index)
    blocks.delete(index)
    blocks.set(index, found)
    for (const oldest of blocks.keys()) {
      if (blocks.size <= BLOCKS_KEPT) break
      blocks.delete(oldest)
    }
    return found
  }
  const read = async (start: number, end: number) => {
    const parts: Buffer[] = []
    const stop = Math.min(end, source.size)
    for (let at = Math.max(start, 0); at < stop; ) {
      const index = Math.floor(at / BLOCK_BYTES)
      const from = index * BLOCK_BYTES
      const part = (await block(index)).subarray(at - from, stop - from)
      // The file is shorter than we were told: give what there is.
      if (part.length === 0) break
      parts.push(part)
      at += part.length
    }
    const [first] = parts
    return parts.length === 1 && first ? first : Buffer.concat(parts)
  }
  return { size: source.size, read }
}
