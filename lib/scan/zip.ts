import yauzl from 'yauzl'
import { AppError } from '#lib/vocabulary/errors.ts'
import { decodeText } from './decode-text.ts'
import { corrupt, unsafe } from './finding.ts'
import { memberAt } from './member.ts'
import { RangeReader } from './range-reader.ts'
import { SCAN_LIMITS, type ScanLimits } from './scan-limits.ts'
import type { Source } from './source.ts'
import { unpack } from './unpack.ts'

/** The largest size of the parts that list all others: a hundred times what real documents need. */
export const MAX_LIST_BYTES = 4 * 1024 * 1024
const END_RECORD_BYTES = 22
const MAX_COMMENT_BYTES = 0xffff
const BACKSLASH = 0x5c
const END_SIGNATURE = Buffer.from('PK\x05\x06')

/** A part as listed in the table of contents. The values are the sender's and unchecked. */
export interface ZipEntry {
  name: string
  /** The name as stored in the file. */
  rawName: Buffer
  /** The offset of its local header. */
  offset: number
  /** The packed and unpacked sizes, in bytes. */
  packed: number
  size: number
  /** 0 is stored, 8 is deflated. */
  method: number
  crc: number
  encrypted: boolean
}

/** A zip's table of contents. Names are compared case-insensitively, as in OOXML. */
export interface Archive {
  /** In file order. */
  entries: ZipEntry[]
  has(name: string): boolean
  /** Whether zip's own encryption covers any part. */
  encrypted: boolean
  /** Whether names contain backslashes. Here they are read as slashes; LibreOffice does not do that. */
  hasBackslashes: boolean
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
 * Reads only a zip's table of contents.
 * @throws AppError `corrupt_file`, `too_many_entries`, `unsafe_archive`
 */
export async function openArchive(source: Source, limits: ScanLimits = SCAN_LIMITS): Promise<Archive> {
  const { end } = await endOfArchive(source)
  const reader = new RangeReader(source)
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false }
  const byName = await reader.orFailure('its table of contents cannot be read', async () => {
    const zip = await yauzl.fromRandomAccessReaderPromise(reader, end, options)
    if (zip.entryCount > limits.entries) throw tooMany(zip.entryCount, limits.entries)
    return entriesOf(zip)
  })
  const entries = [...byName.values()].sort((a, b) => a.offset - b.offset)
  const read = async (name: string, how: (entry: ZipEntry) => Promise<string>) => {
    const entry = byName.get(name.toLowerCase())
    if (!entry) throw corrupt(`its part “${name}” is missing`)
    return reader.orFailure(`its part “${name}” cannot be unpacked`, () => how(entry))
  }
  return {
    entries,
    has: name => byName.has(name.toLowerCase()),
    encrypted: entries.some(entry => entry.encrypted),
    hasBackslashes: entries.some(({ rawName }) => rawName.includes(BACKSLASH)),
    text: (name, maxBytes) => read(name, entry => textOf(source, entry, maxBytes)),
    beginning: (name, maxBytes) => read(name, entry => beginningOf(source, entry, maxBytes)),
  }
}

async function entriesOf(zip: yauzl.ZipFile): Promise<Map<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>()
  for await (const entry of zip.eachEntry()) {
    const found = entryOf(entry)
    const key = found.name.toLowerCase()
    refuseEscape(found.name)
    // Programs differ in which of the two they read, so the scanned one might not be the opened one.
    if (entries.has(key)) throw unsafe('two of its parts have the same name', found.name)
    entries.set(key, found)
  }
  return entries
}

function entryOf(entry: yauzl.Entry): ZipEntry {
  const { generalPurposeBitFlag: flags, fileNameRaw: rawName } = entry
  return {
    // Without the extra fields: they may contain another name, which LibreOffice does not read.
    name: yauzl.getFileNameLowLevel(flags, rawName, [], false),
    rawName,
    offset: entry.relativeOffsetOfLocalHeader,
    packed: entry.compressedSize,
    size: entry.uncompressedSize,
    method: entry.compressionMethod,
    crc: entry.crc32,
    encrypted: entry.isEncrypted(),
  }
}

async function textOf(source: Source, entry: ZipEntry, maxBytes: number): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of unpack(source, await memberAt(source, entry))) {
    parts.push(part)
    bytes += part.length
    // The declared size is not trusted, because a bomb lies about it.
    if (bytes > maxBytes) throw new Error(`longer than ${maxBytes} bytes`)
  }
  return decodeText(Buffer.concat(parts))
}

async function beginningOf(source: Source, entry: ZipEntry, maxBytes: number): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of unpack(source, await memberAt(source, entry))) {
    parts.push(part)
    bytes += part.length
    if (bytes >= maxBytes) break
  }
  return decodeText(Buffer.concat(parts).subarray(0, maxBytes))
}

/**
 * The offsets of the zip's last record and of its end: some senders append bytes, which LibreOffice accepts and yauzl
 * does not.
 * @throws AppError `corrupt_file` where there is none
 */
export async function endOfArchive(source: Source): Promise<{ record: number; end: number }> {
  const from = Math.max(0, source.size - END_RECORD_BYTES - MAX_COMMENT_BYTES)
  const tail = await source.read(from, source.size)
  for (
    let at = tail.lastIndexOf(END_SIGNATURE);
    at >= 0;
    at = at > 0 ? tail.lastIndexOf(END_SIGNATURE, at - 1) : -1
  ) {
    if (at + END_RECORD_BYTES > tail.length) continue
    const end = at + END_RECORD_BYTES + tail.readUInt16LE(at + 20)
    if (end <= tail.length) return { record: from + at, end: from + end }
  }
  throw corrupt('its end is missing, so it was probably cut off while it was sent or saved')
}

function refuseEscape(name: string): void {
  if (/^(\/|[a-z]:)|(^|\/)\.\.(\/|$)|\0/i.test(name)) {
    throw unsafe('it holds a part whose name leads out of it', name)
  }
}

function tooMany(count: number, limit: number): AppError {
  return new AppError('too_many_entries', { details: { count, limit } })
}
