/**
 * Writes a zip archive as it is read: nothing is kept but a record of each entry. yazl writes the same, but computes
 * every checksum, in JavaScript, which takes half of the speed of a download.
 */
import { pipeline, type Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import {
  centralRecord,
  dataDescriptor,
  endRecords,
  localHeader,
  type ZipRecord,
} from './zip-stream/zip-records.ts'

export interface ArchiveEntry {
  /** With folders, by slashes. */
  name: string
  modified: Date
  /** The size in bytes; what is read must be as long. */
  bytes: number
  /** The CRC-32 where it is known; else it is computed as the content is read. */
  crc32?: number | undefined
  /** Whether the content becomes smaller by it. */
  deflate: boolean
  content: Readable
}

/**
 * The bytes of an archive of these entries, each taken when the one before it was read. Whoever stops reading closes
 * the entry that is open.
 * @throws Error where an entry breaks off or has another length: the archive must not end as if it were whole
 */
export async function* zipOf(entries: AsyncIterable<ArchiveEntry>): AsyncGenerator<Buffer> {
  const records: ZipRecord[] = []
  let offset = 0
  for await (const entry of entries) {
    const record = recordOf(entry, offset)
    records.push(record)
    try {
      const header = localHeader(record)
      yield header
      // Handed on from here, because each generator between would cost a tenth of the speed.
      for await (const chunk of packed(entry, record)) {
        yield chunk
        record.packedBytes += chunk.length
      }
      if (record.sizesFirst) ensureLength(record, record.packedBytes)
      const descriptor = dataDescriptor(record)
      yield descriptor
      offset += header.length + record.packedBytes + descriptor.length
    } finally {
      // Whoever reads no further may have stopped before the first byte.
      entry.content.destroy()
    }
  }
  const directoryAt = offset
  for (const record of records) {
    const central = centralRecord(record)
    yield central
    offset += central.length
  }
  yield endRecords({ count: records.length, directoryAt, directoryBytes: offset - directoryAt })
}

function recordOf({ name, modified, bytes, crc32: crc, deflate }: ArchiveEntry, offset: number): ZipRecord {
  const sizesFirst = crc !== undefined && !deflate
  return {
    name: Buffer.from(name),
    modified,
    deflate,
    bytes,
    sizesFirst,
    offset,
    packedBytes: 0,
    crc: crc ?? 0,
  }
}

/** The content as it stands in the archive. */
function packed({ content, deflate }: ArchiveEntry, record: ZipRecord): AsyncIterable<Buffer> {
  if (record.sizesFirst) return content
  const bytes = withChecksum(content, record)
  // An error on either side ends both.
  return deflate ? pipeline(bytes, createDeflateRaw(), () => {}) : bytes
}

async function* withChecksum(content: Readable, record: ZipRecord): AsyncGenerator<Buffer> {
  record.crc = 0
  let read = 0
  for await (const chunk of content) {
    record.crc = crc32(chunk, record.crc)
    read += chunk.length
    yield chunk
  }
  ensureLength(record, read)
}

function ensureLength({ name, bytes }: ZipRecord, read: number): void {
  if (read !== bytes) throw new Error(`${name} has ${read} bytes instead of ${bytes}`)
}
