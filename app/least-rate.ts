import type { IncomingMessage } from 'node:http'
import { AppError } from '#lib/vocabulary/errors.ts'

const LEAST_BYTES_PER_SECOND = 1000
const MEASUREMENTS = 6

export interface LeastRate {
  /** Aborts with `upload_too_slow`. */
  signal: AbortSignal
  stop(): void
}

/**
 * Checks that a body arrives at 1 KB a second at least, over a sliding window. A limit on the total time would cut off
 * large files on slow lines; without any limit a few hundred silent clients could occupy everything.
 */
export function watchRate(incoming: IncomingMessage, windowMs: number): LeastRate {
  const controller = new AbortController()
  const least = (LEAST_BYTES_PER_SECOND * windowMs) / 1000
  const { socket } = incoming
  let measurements = [socket.bytesRead]
  const timer = setInterval(() => {
    // Paused: our disk is slow, not the client.
    if (incoming.isPaused()) measurements = []
    measurements.push(socket.bytesRead)
    const [first = 0] = measurements
    if (measurements.length <= MEASUREMENTS) return
    if (socket.bytesRead - first < least)
      controller.abort(new AppError('upload_too_slow', { details: { seconds: windowMs / 1000 } }))
    measurements.shift()
  }, windowMs / MEASUREMENTS)
  return { signal: controller.signal, stop: () => clearInterval(timer) }
}
