import type { IncomingMessage } from 'node:http'
import { AppError } from '#lib/vocabulary/errors.ts'

/** A part of an upload is no larger, in bytes. */
const MOST_BYTES = 64_000_000

/** Receives a body and forgets it. @throws AppError `too_large`, `upload_interrupted` */
export async function receiveProbe(
  incoming: IncomingMessage,
): Promise<{ bytes: number; receivedMs: number }> {
  const began = performance.now()
  let bytes = 0
  try {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes > MOST_BYTES) throw new AppError('too_large', { details: { limit: MOST_BYTES / 1e6 } })
    }
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('upload_interrupted', { cause: error })
  }
  return { bytes, receivedMs: Math.round(performance.now() - began) }
}
