/**
 * Writes a zip archive as it is read: nothing is kept but a record of each entry. yazl writes the same, but computes
 * checksums in JavaScript, which takes half of the speed of a download.
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
    for await (const part of partsOf(entry, record)) {
      yield part
      offset += part.length
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

function recordOf({ name, modified, bytes, deflate }: ArchiveEntry, offset: number): ZipRecord {
  return { name: Buffer.from(name), modified, deflate, bytes, offset, packedBytes: 0, crc: 0 }
}

/** An entry from its header to its sizes; completes the record. */
async function* partsOf(entry: ArchiveEntry, record: ZipRecord): AsyncGenerator<Buffer> {
  try {
    yield localHeader(record)
    yield* contentOf(entry, record)
    yield dataDescriptor(record)
  } finally {
    // Whoever reads no further may have stopped before the first byte.
    entry.content.destroy()
  }
}

/** The bytes as they stand in the archive; completes the record. */
async function* contentOf(
  { content, bytes, deflate }: ArchiveEntry,
  record: ZipRecord,
): AsyncGenerator<Buffer> {
  let read = 0
  const count = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      record.crc = crc32(chunk, record.crc)
      read += chunk.length
      yield chunk
    }
  }
  for await (const chunk of deflate ? deflated(count()) : count()) {
    record.packedBytes += chunk.length
    yield chunk
  }
  if (read !== bytes) throw new Error(`${record.name} has ${read} bytes instead of ${bytes}`)
}

/** An error on either side ends both. */
const deflated = (bytes: AsyncGenerator<Buffer>): Readable => pipeline(bytes, createDeflateRaw(), () => {})
