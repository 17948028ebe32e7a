import type { IncomingMessage } from 'node:http'
import { AppError } from '#lib/vocabulary/errors.ts'

/** Twice a part of an upload, in bytes. */
const MOST_BYTES = 16_000_000

/** Receives a body and forgets it. @throws AppError `too_large`, `upload_interrupted` */
export async function receiveProbe(
  incoming: IncomingMessage,
): Promise<{ bytes: number; receivedMs: number }> {
  // Said before the bytes come, where the request says how many there are.
  if (Number(incoming.headers['content-length']) > MOST_BYTES) throw tooLarge()
  const began = performance.now()
  let bytes = 0
  try {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      bytes += chunk.length
      if (bytes > MOST_BYTES) throw tooLarge()
    }
  } catch (error) {
    throw error instanceof AppError ? error : new AppError('upload_interrupted', { cause: error })
  }
  return { bytes, receivedMs: Math.round(performance.now() - began) }
}

const tooLarge = () => new AppError('too_large', { details: { limit: MOST_BYTES / 1e6 } })
