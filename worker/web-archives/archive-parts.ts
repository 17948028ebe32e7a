import { createReadStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { MimeNode, SplitterChunk } from '@zone-eu/mailsplit'
import { corrupt } from '#lib/scan/finding.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

/** Far more than a page with its pictures. */
const MAX_BYTES = 100e6
const MAX_PARTS = 2000
const MAX_HEAD_BYTES = 256 * 1024

export interface ArchivePart {
  /** In lower case, without parameters. */
  type: string
  charset: string | undefined
  /** Its original URL, and the name for `cid:` links. */
  location: string | undefined
  id: string | undefined
  bytes: Buffer
}

/**
 * The parts of a web archive in their order, decoded.
 * @throws AppError `corrupt_file`, `expands_too_large`, `too_many_entries`; the signal's reason
 */
export async function unpacked(path: string, signal: AbortSignal): Promise<ArchivePart[]> {
  // It makes tables of Japanese character sets when it is loaded, which takes a tenth of a second.
  const { default: mailsplit } = await import('@zone-eu/mailsplit')
  const splitter = new mailsplit.Splitter({
    ignoreEmbedded: true,
    maxHeadSize: MAX_HEAD_BYTES,
    maxChildNodes: MAX_PARTS,
  })
  const gathered = new Gathered()
  try {
    await pipeline(createReadStream(path), splitter, chunks => gathered.take(chunks), { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof AppError ? error : corrupt('it cannot be read as a web archive', error)
  }
  return gathered.parts
}

class Gathered {
  readonly parts: ArchivePart[] = []
  #bytes = 0

  async take(chunks: AsyncIterable<SplitterChunk>): Promise<void> {
    let node: MimeNode | undefined
    let bodies: Buffer[] = []
    const end = async () => {
      if (node && !node.multipart) await this.#add(node, bodies)
      bodies = []
    }
    for await (const chunk of chunks) {
      if (chunk.type === 'node') {
        await end()
        node = chunk
      } else if (chunk.type === 'body') {
        bodies.push(this.#counted(chunk.value))
      }
    }
    await end()
  }

  #counted(bytes: Buffer): Buffer {
    this.#bytes += bytes.length
    if (this.#bytes > MAX_BYTES)
      throw new AppError('expands_too_large', { details: { limit: MAX_BYTES / 1e6 } })
    return bytes
  }

  async #add(node: MimeNode, bodies: readonly Buffer[]): Promise<void> {
    const decoder = node.getDecoder()
    decoder.end(Buffer.concat(bodies))
    this.parts.push({
      type: node.contentType || 'text/plain',
      charset: node.charset || undefined,
      location: fieldOf(node, 'content-location'),
      id: fieldOf(node, 'content-id')?.replace(/^<|>$/g, ''),
      bytes: await buffer(decoder),
    })
  }
}

/** Long URLs are folded, and contain no spaces of their own. */
function fieldOf(node: MimeNode, name: string): string | undefined {
  const value = node.headers ? node.headers.getFirst(name) : ''
  return value ? value.replace(/\s+/g, '') : undefined
}
