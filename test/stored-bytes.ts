import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { AppError } from '#lib/vocabulary/errors.ts'

export const MB = 1_000_000
export const KEY = 'jobs/0b7c/source'

/** A test in which exactly this error is due. */
export const refusal = (code: string) => (error: AppError) => error.code === code

export function sha256(data: Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

export function* chunkStream(data: Buffer, size = 64 * 1024): Iterable<Buffer> {
  for (let at = 0; at < data.length; at += size) yield data.subarray(at, at + size)
}

export function* endless(): Iterable<Buffer> {
  for (;;) yield Buffer.alloc(64 * 1024)
}

export function brokenAfter(chunks: Iterable<Buffer>): Readable {
  return Readable.from(
    (function* () {
      yield* chunks
      throw new Error('the line went dead')
    })(),
  )
}
