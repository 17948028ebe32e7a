import type { Readable } from 'node:stream'

/** So much waits in memory while the disk is busy; then the sender waits. */
const MOST_BYTES = 512 * 1024
const MOST_CHUNKS = 256

/**
 * What a stream brings, in the batches that gathered while the last one was being written: a slow disk gets few large
 * writes. What has arrived is given before an error or an abort is thrown. The source is never destroyed, only paused:
 * it may be a request that still wants an answer, and destroying it would cut the answer off.
 */
export async function* batches(source: Readable, signal?: AbortSignal): AsyncGenerator<Buffer[]> {
  let waiting: Buffer[] = []
  let bytes = 0
  let failure: unknown = source.errored ?? (isCut(source) ? cutOff() : undefined)
  let ended = source.readableEnded
  let wake = () => {}

  const onData = (chunk: Buffer | string) => {
    const data = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
    waiting.push(data)
    bytes += data.length
    if (bytes >= MOST_BYTES || waiting.length >= MOST_CHUNKS) source.pause()
    wake()
  }
  const onEnd = () => {
    ended = true
    wake()
  }
  const onError = (error: unknown) => {
    failure ??= error
    wake()
  }
  const onClose = () => {
    if (!ended) failure ??= cutOff()
    wake()
  }
  const onAbort = () => wake()

  source.on('data', onData).on('end', onEnd).on('error', onError).on('close', onClose)
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    for (;;) {
      if (waiting.length > 0) {
        const batch = waiting
        waiting = []
        bytes = 0
        source.resume()
        yield batch
      } else if (signal?.aborted) throw signal.reason
      else if (failure !== undefined) throw failure
      else if (ended) return
      else
        await new Promise<void>(resolve => {
          wake = resolve
        })
    }
  } finally {
    source.off('data', onData).off('end', onEnd).off('error', onError).off('close', onClose)
    source.pause()
    signal?.removeEventListener('abort', onAbort)
  }
}

const isCut = (source: Readable) => source.destroyed && !source.readableEnded
const cutOff = () => new Error('the stream was cut off before its end')
