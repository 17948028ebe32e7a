import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { Bridge, type Transport } from '#worker/uno/bridge.ts'

/** One chunk of a conversation: `sent` by this client or `received` from LibreOffice. */
export interface Chunk {
  direction: 'sent' | 'received'
  bytes: Buffer
}

/** A recorded conversation. Our objects bear the name `recorded` in it. */
export function recording(name: string): Chunk[] {
  const text = readFileSync(new URL(`recordings/${name}.hex`, import.meta.url), 'utf8')
  const lines = text.split('\n').filter(line => line.startsWith('<') || line.startsWith('>'))
  return lines.map(line => ({
    direction: line.startsWith('>') ? 'sent' : 'received',
    bytes: Buffer.from(line.slice(2), 'hex'),
  }))
}

/** A bridge whose other end says what the recording says, and insists on hearing what it heard. */
export function replaying(chunks: readonly Chunk[]): { bridge: Bridge; finished: () => boolean } {
  let next = 0
  const feed = () => {
    const chunk = chunks[next]
    if (chunk?.direction !== 'received') return
    next += 1
    bridge.receive(chunk.bytes)
    setImmediate(feed)
  }
  const bridge = new Bridge(
    silent({
      write: bytes => {
        const expected = chunks[next++]
        assert.equal(expected?.direction, 'sent')
        assert.equal(bytes.toString('hex'), expected.bytes.toString('hex'))
        setImmediate(feed)
      },
    }),
    'recorded',
  )
  return { bridge, finished: () => next === chunks.length }
}

/** A transport that goes nowhere, but for what is given. */
export function silent(parts: Partial<Transport> = {}): Transport {
  return { write: () => {}, unsent: () => 0, destroy: () => {}, ...parts }
}
