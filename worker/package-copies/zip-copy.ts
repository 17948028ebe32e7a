import { type FileHandle, open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { memberAt } from '#lib/scan/member.ts'
import type { Source } from '#lib/scan/source.ts'
import type { Archive, ZipEntry } from '#lib/scan/zip.ts'

const STEP_BYTES = 1024 * 1024
const [LOCAL, CENTRAL] = [Buffer.from('PK\x03\x04'), Buffer.from('PK\x01\x02')]
const END = 0x06054b50
const VERSION = 20
/** The earliest date in a zip. */
const FIRST_DAY = 0x21
const UTF8 = 0x0800

/** The new content of parts, by name. */
export type ChangedParts = ReadonlyMap<string, () => AsyncIterable<Buffer>>

/** Rewrites an archive with new content for some parts; all others are copied without decompression. */
export async function copyArchive(
  archive: Archive,
  source: Source,
  copy: { path: string; changed: ChangedParts },
) {
  const file = await open(copy.path, 'wx')
  try {
    const writer = new Writer(file)
    for (const entry of archive.entries) {
      const content = copy.changed.get(entry.name)
      await (content ? writer.addStored(entry, content()) : writer.addPacked(entry, source))
    }
    await writer.end()
  } finally {
    await file.close()
  }
}

class Writer {
  readonly #file: FileHandle
  readonly #central: Buffer[] = []
  #at = 0

  constructor(file: FileHandle) {
    this.#file = file
  }

  async addPacked(entry: ZipEntry, source: Source): Promise<void> {
    const { start, packed } = await memberAt(source, entry)
    await this.#add(entry, async () => {
      for (let at = 0; at < packed; at += STEP_BYTES)
        await this.#write(await source.read(start + at, start + Math.min(at + STEP_BYTES, packed)))
    })
  }

  /** Its size and checksum are known after it has been written. */
  async addStored(entry: ZipEntry, content: AsyncIterable<Buffer>): Promise<void> {
    const stored = { ...entry, method: 0, packed: 0, size: 0, crc: 0 }
    await this.#add(stored, async () => {
      for await (const chunk of content) {
        await this.#write(chunk)
        stored.size += chunk.length
        stored.crc = crc32(chunk, stored.crc)
      }
      stored.packed = stored.size
    })
  }

  async end(): Promise<void> {
    const [start, count] = [this.#at, this.#central.length]
    const central = Buffer.concat(this.#central)
    const end = Buffer.alloc(22)
    end.writeUInt32LE(END, 0)
    end.writeUInt16LE(count, 8)
    end.writeUInt16LE(count, 10)
    end.writeUInt32LE(central.length, 12)
    end.writeUInt32LE(start, 16)
    await this.#write(central)
    await this.#write(end)
  }

  async #add(entry: ZipEntry, writeContent: () => Promise<void>): Promise<void> {
    const offset = this.#at
    this.#at += 30 + entry.rawName.length
    await writeContent()
    const { local, central } = recordsOf(entry, offset)
    await this.#file.write(local, 0, local.length, offset)
    this.#central.push(central)
  }

  async #write(bytes: Buffer): Promise<void> {
    await this.#file.write(bytes, 0, bytes.length, this.#at)
    this.#at += bytes.length
  }
}

/** The records of a part: before its data and in the table of contents. @throws RangeError beyond 4 GiB */
function recordsOf({ name, rawName, method, crc, packed, size }: ZipEntry, offset: number) {
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(VERSION, 0)
  facts.writeUInt16LE(Buffer.from(name).equals(rawName) ? UTF8 : 0, 2)
  facts.writeUInt16LE(method, 4)
  facts.writeUInt16LE(FIRST_DAY, 8)
  facts.writeUInt32LE(crc, 10)
  facts.writeUInt32LE(packed, 14)
  facts.writeUInt32LE(size, 18)
  facts.writeUInt16LE(rawName.length, 22)
  const where = Buffer.alloc(14)
  where.writeUInt32LE(offset, 10)
  const madeBy = Buffer.from([VERSION, 0])
  return {
    local: Buffer.concat([LOCAL, facts, rawName]),
    central: Buffer.concat([CENTRAL, madeBy, facts, where, rawName]),
  }
}
