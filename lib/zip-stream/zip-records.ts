/** The records of a zip archive (APPNOTE 6.3.10), with UTF-8 names, zip64, and sizes behind what is not yet known. */

export interface ZipRecord {
  name: Buffer
  modified: Date
  deflate: boolean
  bytes: number
  packedBytes: number
  crc: number
  /** Whether the header has sizes and checksum; else they follow the content. */
  sizesFirst: boolean
  /** Where its local header begins. */
  offset: number
}

const MOST_32 = 0xffffffff
const MOST_16 = 0xffff
/** Deflate makes what cannot be packed a little longer, so large entries begin below the limit. */
const LARGE = 0xfff00000
const UTF8_NAME = 0x0800
const SIZES_FOLLOW = 0x0008
const PLAIN_VERSION = 20
const ZIP64_VERSION = 45
const BY_UNIX = 3
const MODE = 0o100644
const ZIP64 = 1

const isLarge = ({ bytes }: ZipRecord) => bytes >= LARGE
const versionOf = (record: ZipRecord) =>
  isLarge(record) || record.offset >= MOST_32 ? ZIP64_VERSION : PLAIN_VERSION
const flagsOf = ({ sizesFirst }: ZipRecord) => (sizesFirst ? UTF8_NAME : UTF8_NAME | SIZES_FOLLOW)
const methodOf = ({ deflate }: ZipRecord) => (deflate ? 8 : 0)

export function localHeader(record: ZipRecord): Buffer {
  const { bytes, crc } = record.sizesFirst ? record : { bytes: 0, crc: 0 }
  const extra = isLarge(record) ? [u16(ZIP64), u16(16), u64(bytes), u64(bytes)] : []
  const size = isLarge(record) ? MOST_32 : bytes
  return Buffer.concat([
    ...[u32(0x04034b50), u16(versionOf(record)), u16(flagsOf(record)), u16(methodOf(record))],
    ...[
      dosTime(record.modified),
      u32(crc),
      u32(size),
      u32(size),
      u16(record.name.length),
      u16(lengthOf(extra)),
      record.name,
      ...extra,
    ],
  ])
}

/** Empty where the header has it all. */
export function dataDescriptor(record: ZipRecord): Buffer {
  if (record.sizesFirst) return Buffer.alloc(0)
  const size = isLarge(record) ? u64 : u32
  return Buffer.concat([u32(0x08074b50), u32(record.crc), size(record.packedBytes), size(record.bytes)])
}

export function centralRecord(record: ZipRecord): Buffer {
  const { name, bytes, packedBytes, offset } = record
  const fields = [bytes, packedBytes].map(value => (isLarge(record) ? MOST_32 : value))
  const large = [...(isLarge(record) ? [bytes, packedBytes] : []), ...(offset >= MOST_32 ? [offset] : [])]
  const extra = large.length > 0 ? [u16(ZIP64), u16(8 * large.length), ...large.map(u64)] : []
  const [shownBytes = 0, shownPacked = 0] = fields
  return Buffer.concat([
    ...[u32(0x02014b50), Buffer.from([ZIP64_VERSION, BY_UNIX]), u16(versionOf(record)), u16(flagsOf(record))],
    ...[u16(methodOf(record)), dosTime(record.modified), u32(record.crc), u32(shownPacked), u32(shownBytes)],
    ...[u16(name.length), u16(lengthOf(extra)), u16(0), u16(0), u16(0), u32(MODE * 0x10000)],
    ...[u32(Math.min(offset, MOST_32)), name, ...extra],
  ])
}

interface Directory {
  count: number
  directoryAt: number
  directoryBytes: number
}

export function endRecords({ count, directoryAt, directoryBytes }: Directory): Buffer {
  const needs64 = count >= MOST_16 || directoryAt >= MOST_32 || directoryBytes >= MOST_32
  const shownCount = u16(Math.min(count, MOST_16))
  const end = [u32(0x06054b50), u16(0), u16(0), shownCount, shownCount]
  const place = [u32(Math.min(directoryBytes, MOST_32)), u32(Math.min(directoryAt, MOST_32)), u16(0)]
  const large = [
    ...[u32(0x06064b50), u64(44), Buffer.from([ZIP64_VERSION, BY_UNIX]), u16(ZIP64_VERSION), u32(0), u32(0)],
    ...[u64(count), u64(count), u64(directoryBytes), u64(directoryAt)],
    ...[u32(0x07064b50), u32(0), u64(directoryAt + directoryBytes), u32(1)],
  ]
  return Buffer.concat([...(needs64 ? large : []), ...end, ...place])
}

/** Local time, to two seconds, from 1980 on. */
function dosTime(time: Date): Buffer {
  const year = Math.max(0, time.getFullYear() - 1980)
  const date = (year << 9) | ((time.getMonth() + 1) << 5) | time.getDate()
  const clock = (time.getHours() << 11) | (time.getMinutes() << 5) | (time.getSeconds() >> 1)
  return Buffer.concat([u16(clock), u16(date)])
}

const lengthOf = (parts: readonly Buffer[]) => parts.reduce((sum, part) => sum + part.length, 0)

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}
