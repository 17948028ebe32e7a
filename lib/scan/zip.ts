import yauzl from 'yauzl'
import { AppError } from '#lib/errors.ts'
import { decode } from './decode.ts'
import { corrupt } from './finding.ts'
import { RangeReader } from './range-reader.ts'
import type { Source } from './source.ts'

/** Far more than the largest real documents have (some thousand). */
const MAX_ENTRIES = 20_000
/** For the parts that list all others: a hundred times what the largest real documents need. */
export const MAX_LIST_BYTES = 4 * 1024 * 1024
const END_RECORD_BYTES = 22
const MAX_COMMENT_BYTES = 0xffff
const END_SIGNATURE = Buffer.from('PK\x05\x06')

/** A zip's table of contents. Names are compared without case, as in OOXML. */
export interface Archive {
  has(name: string): boolean
  /** All names, in lower case. */
  names: readonly string[]
  /** Whether zip's own encryption covers any part. */
  encrypted: boolean
  /**
   * A short part as text.
   * @throws AppError `corrupt_file` where it is missing, longer than `maxBytes` or cannot be unpacked
   */
  text(name: string, maxBytes: number): Promise<string>
  /**
   * The first `maxBytes` of a part as text, or all of a shorter one.
   * @throws AppError `corrupt_file` where it is missing or cannot be unpacked
   */
  beginning(name: string, maxBytes: number): Promise<string>
}

/**
 * Reads a zip's table of contents, and nothing else of it.
 * @throws AppError `corrupt_file`, `too_many_entries`, `unsafe_archive`
 */
export async function openArchive(source: Source): Promise<Archive> {
  const end = await endOfArchive(source)
  const reader = new RangeReader(source)
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false }
  const zip = await reader.guard('its table of contents cannot be read', () =>
    yauzl.fromRandomAccessReaderPromise(reader, end, options),
  )
  if (zip.entryCount > MAX_ENTRIES) throw tooMany(zip.entryCount)
  const entries = await reader.guard('its table of contents cannot be read', () => entriesOf(zip))
  const unpack = async (name: string, read: (entry: yauzl.Entry) => Promise<string>) => {
    const entry = entries.get(name.toLowerCase())
    if (!entry) throw corrupt(`its part “${name}” is missing`)
    return reader.guard(`its part “${name}” cannot be unpacked`, () => read(entry))
  }
  return {
    has: name => entries.has(name.toLowerCase()),
    names: [...entries.keys()],
    encrypted: [...entries.values()].some(entry => entry.isEncrypted()),
    text: (name, maxBytes) => unpack(name, entry => textOf(zip, entry, maxBytes)),
    beginning: (name, maxBytes) => unpack(name, entry => beginningOf(zip, entry, maxBytes)),
  }
}

async function entriesOf(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  for await (const entry of zip.eachEntry()) {
    const { generalPurposeBitFlag: flags, fileNameRaw, extraFields } = entry
    const name = yauzl.getFileNameLowLevel(flags, fileNameRaw, extraFields, false)
    // Each safety limit on entries has its place here, while they go by.
    refuseEscape(name)
    entries.set(name.toLowerCase(), entry)
  }
  return entries
}

async function textOf(zip: yauzl.ZipFile, entry: yauzl.Entry, maxBytes: number): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of await zip.openReadStreamPromise(entry)) {
    parts.push(part)
    bytes += part.length
    // Never by the size that the entry claims: that is what a bomb lies about.
    if (bytes > maxBytes) throw new Error(`longer than ${maxBytes} bytes`)
  }
  return decode(Buffer.concat(parts))
}

async function beginningOf(zip: yauzl.ZipFile, entry: yauzl.Entry, maxBytes: number): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of await zip.openReadStreamPromise(entry)) {
    parts.push(part)
    bytes += part.length
    if (bytes >= maxBytes) break
  }
  return decode(Buffer.concat(parts).subarray(0, maxBytes))
}

/** Where the zip ends: careless senders leave bytes behind it, which LibreOffice forgives and yauzl does not. */
async function endOfArchive(source: Source): Promise<number> {
  const from = Math.max(0, source.size - END_RECORD_BYTES - MAX_COMMENT_BYTES)
  const tail = await source.read(from, source.size)
  for (
    let at = tail.lastIndexOf(END_SIGNATURE);
    at >= 0;
    at = at > 0 ? tail.lastIndexOf(END_SIGNATURE, at - 1) : -1
  ) {
    if (at + END_RECORD_BYTES > tail.length) continue
    const end = at + END_RECORD_BYTES + tail.readUInt16LE(at + 20)
    if (end <= tail.length) return from + end
  }
  throw corrupt('its end is missing, so it was probably cut off while it was sent or saved')
}

function refuseEscape(name: string): void {
  if (!/^(\/|[a-z]:)|(^|\/)\.\.(\/|$)|\0/i.test(name)) return
  const reason = 'it holds a part whose name leads out of it'
  throw new AppError('unsafe_archive', {
    details: { reason },
    log: `${reason}: ${JSON.stringify(name.slice(0, 200))}`,
  })
}

function tooMany(count: number): AppError {
  return new AppError('too_many_entries', { details: { count, limit: MAX_ENTRIES } })
}
