/** Zips that no honest writer would write: every number in them may be a lie. */
import { crc32, deflateRawSync } from 'node:zlib'
import { wordParts } from './packages.ts'

export interface RawEntry {
  name: string
  content: Buffer
  /** What the table of contents says, where it is not true. */
  claims?: { name?: string; size?: number; offset?: number; crc?: number }
  /** What the part's own header says, where it is not true. */
  says?: { name?: string; method?: number; size?: number }
  stored?: boolean
}

/** A zip of these parts with the lies that are asked for. */
export function rawZip(entries: RawEntry[]): Buffer {
  const bodies: Buffer[] = []
  const contents: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const packed = entry.stored ? entry.content : deflateRawSync(entry.content)
    const body = Buffer.concat([localHeader(entry, packed), packed])
    contents.push(centralHeader(entry, packed, offset))
    bodies.push(body)
    offset += body.length
  }
  const table = Buffer.concat(contents)
  return Buffer.concat([...bodies, table, endRecord(entries.length, table.length, offset)])
}

/** A Word document with these parts behind its own. */
export function lyingWord(...entries: RawEntry[]): Buffer {
  const honest = Object.entries(wordParts()).map(([name, text]) => ({ name, content: Buffer.from(text) }))
  return rawZip([...honest, ...entries])
}

/** Fifield's trick: a part whose bytes hold another one with its header, so that they count twice. */
export function overlappingWord(): Buffer {
  const inner = { name: 'word/inner.xml', content: Buffer.from('<a/>'), stored: true }
  const outer = { name: 'word/outer.bin', content: rawZip([inner]), stored: true }
  const begin = lyingWord(outer).indexOf(outer.content)
  return lyingWord(outer, { ...inner, claims: { offset: begin } })
}

function localHeader({ name, content, stored, says = {} }: RawEntry, packed: Buffer): Buffer {
  const rawName = Buffer.from(says.name ?? name, 'latin1')
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(says.method ?? (stored ? 0 : 8), 8)
  header.writeUInt32LE(crc32(content), 14)
  header.writeUInt32LE(packed.length, 18)
  header.writeUInt32LE(says.size ?? content.length, 22)
  header.writeUInt16LE(rawName.length, 26)
  return Buffer.concat([header, rawName])
}

function centralHeader(
  { name, content, stored, claims = {} }: RawEntry,
  packed: Buffer,
  offset: number,
): Buffer {
  const rawName = Buffer.from(claims.name ?? name, 'latin1')
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(20, 6)
  header.writeUInt16LE(stored ? 0 : 8, 10)
  header.writeUInt32LE(claims.crc ?? crc32(content), 16)
  header.writeUInt32LE(packed.length, 20)
  header.writeUInt32LE(claims.size ?? content.length, 24)
  header.writeUInt16LE(rawName.length, 28)
  header.writeUInt32LE(claims.offset ?? offset, 42)
  return Buffer.concat([header, rawName])
}

function endRecord(count: number, bytes: number, offset: number): Buffer {
  const record = Buffer.alloc(22)
  record.writeUInt32LE(0x06054b50, 0)
  record.writeUInt16LE(count, 8)
  record.writeUInt16LE(count, 10)
  record.writeUInt32LE(bytes, 12)
  record.writeUInt32LE(offset, 16)
  return record
}
