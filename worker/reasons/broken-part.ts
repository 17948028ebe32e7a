import { SaxesParser } from 'saxes'
import { memberAt } from '#lib/scan/member.ts'
import { carefully, chunksOf, type Source } from '#lib/scan/source.ts'
import { DamagedPart, unpack } from '#lib/scan/unpack.ts'
import { type Archive, openArchive } from '#lib/scan/zip.ts'

const ZIP = Buffer.from('PK\x03\x04')
const XML_NAME = /\.(xml|rels)$/i
/** For all parts together: a slower answer is of no use. */
const MAX_BYTES = 64e6

/**
 * What is broken in a package, or in a file that is one XML, as the end of the sentence “This file is damaged: …”.
 * Undefined where nothing is found.
 * @throws the errors of reading; the signal's reason
 */
export async function brokenPart(source: Source, signal: AbortSignal): Promise<string | undefined> {
  const careful = carefully(source)
  const head = await careful.read(0, 64)
  const budget = new Budget(signal)
  if (head.subarray(0, ZIP.length).equals(ZIP)) return inArchive(await openArchive(careful), careful, budget)
  if (!/^(\xef\xbb\xbf)?<\?xml\s/.test(head.toString('latin1'))) return undefined
  const place = await firstError(chunksOf(source), budget)
  return place && `its XML is broken in ${place}`
}

async function inArchive(archive: Archive, source: Source, budget: Budget): Promise<string | undefined> {
  for (const entry of archive.entries) {
    if (!XML_NAME.test(entry.name) || entry.encrypted) continue
    try {
      const place = await firstError(unpack(source, await memberAt(source, entry)), budget)
      if (place) return `its part “${entry.name}” is broken in ${place}`
    } catch (error) {
      if (!(error instanceof DamagedPart)) throw error
      return `its part “${entry.name}” cannot be unpacked`
    }
  }
  return undefined
}

/** Where a text stops being valid XML; undefined where it is valid, or defines entities itself. */
async function firstError(chunks: AsyncIterable<Buffer>, budget: Budget): Promise<string | undefined> {
  const parser = new SaxesParser({ xmlns: true })
  let found: string | undefined
  let definesNames = false
  parser.on('doctype', () => {
    definesNames = true
  })
  parser.on('error', () => {
    found ??= `line ${parser.line}, column ${parser.column}`
  })
  let decoder: TextDecoder | undefined
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk))
    parser.write(decoder.decode(chunk, { stream: true }))
    if (found ?? definesNames) break
    await budget.spend(chunk.length)
  }
  if (!found && !definesNames) parser.close()
  return definesNames ? undefined : found
}

function encodingOf(head: Buffer): string {
  const first = head.toString('hex', 0, 2)
  if (/^(fffe|3c00)/.test(first)) return 'utf-16le'
  return /^(feff|003c)/.test(first) ? 'utf-16be' : 'utf-8'
}

/** Ends the search at its limit, and yields to the event loop meanwhile. */
class Budget {
  readonly #signal: AbortSignal
  #left = MAX_BYTES

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  async spend(bytes: number): Promise<void> {
    this.#left -= bytes
    if (this.#left < 0) throw new Error('too much to look through')
    await new Promise(resolve => setImmediate(resolve))
    this.#signal.throwIfAborted()
  }
}
