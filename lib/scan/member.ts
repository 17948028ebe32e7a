import { corrupt, unsafe } from './finding.ts'
import type { Source } from './source.ts'
import type { Archive, ZipEntry } from './zip.ts'

const HEADER_BYTES = 30
const SIGNATURE = 0x04034b50
const SIZES_FOLLOW = 8
const IN_EXTRA_FIELD = 0xffffffff

/** A part whose local header agrees with the table of contents. */
export interface Member extends ZipEntry {
  /** The offset of its packed bytes. */
  start: number
  /** Its local header leaves the size open; the size follows the data. */
  sizesFollow: boolean
}

/**
 * Reads the local header of a part.
 * @throws AppError `corrupt_file` where there is none, `unsafe_archive` where it contradicts the table of contents: two
 * programs would then open different content
 */
export async function memberAt(source: Source, entry: ZipEntry): Promise<Member> {
  const header = await source.read(entry.offset, entry.offset + HEADER_BYTES + entry.rawName.length)
  if (header.length < HEADER_BYTES || header.readUInt32LE(0) !== SIGNATURE) {
    throw corrupt(`its part “${entry.name}” is not where it should be`)
  }
  if (!agrees(header, entry)) throw unsafe('its table of contents contradicts its parts', entry.name)
  const start = entry.offset + HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28)
  return { ...entry, start, sizesFollow: (header.readUInt16LE(6) & SIZES_FOLLOW) !== 0 }
}

/** The parts in order. Parts that share bytes are refused, because zip bombs use the same bytes many times. */
export async function* membersOf(archive: Archive, source: Source): AsyncIterable<Member> {
  let free = 0
  for (const entry of archive.entries) {
    if (entry.offset < free) throw unsafe('some of its parts lie in each other', entry.name)
    const member = await memberAt(source, entry)
    free = member.start + member.packed
    yield member
  }
}

function agrees(header: Buffer, { rawName, method, packed, size }: ZipEntry): boolean {
  if (header.readUInt16LE(8) !== method || header.readUInt16LE(26) !== rawName.length) return false
  if (!header.subarray(HEADER_BYTES).equals(rawName)) return false
  if (header.readUInt16LE(6) & SIZES_FOLLOW) return true
  const same = (claimed: number, known: number) =>
    claimed === known || claimed === 0 || claimed === IN_EXTRA_FIELD
  return same(header.readUInt32LE(18), packed) && same(header.readUInt32LE(22), size)
}
