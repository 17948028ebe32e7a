import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

const AT_MOST = 64 * 1024

/**
 * Keeps the first 64 KB of a process's output and discards the rest: a full pipe would block it, and a hostile process
 * must not fill our memory.
 */
export function collect(stream: Readable | null): () => string {
  const kept: Buffer[] = []
  let bytes = 0
  stream?.on('data', (chunk: Buffer) => {
    if (bytes < AT_MOST) kept.push(chunk.subarray(0, AT_MOST - bytes))
    bytes += chunk.length
  })
  return () => new StringDecoder('utf8').write(Buffer.concat(kept))
}
