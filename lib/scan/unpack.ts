import { pipeline, Readable } from 'node:stream'
import {
  constants,
  crc32,
  createGunzip,
  createInflateRaw,
  type Gunzip,
  type InflateRaw,
  inflateRawSync,
} from 'node:zlib'
import { unsafe } from './finding.ts'
import type { Member } from './member.ts'
import type { Source } from './source.ts'

const [STORED, DEFLATED] = [0, 8]
const STEP_BYTES = 256 * 1024
/** A part up to this size is unpacked in one call: a stream costs more than small parts are worth. */
const AT_ONCE_BYTES = 2 * 1024 * 1024
/** Enough packed bytes to detect the kind of a part. */
const HEAD_BYTES = 512

/** Bytes that cannot be unpacked, or that do not match their checksum. */
export class DamagedPart extends Error {}

/**
 * Unpacks a part, never more bytes than it declares.
 * @throws DamagedPart
 * @throws AppError `unsafe_archive` where there are more bytes than it declares
 */
export async function* unpack(source: Source, member: Member): AsyncIterable<Buffer> {
  let [bytes, sum] = [0, 0]
  for await (const part of rawBytes(source, member)) {
    bytes += part.length
    sum = crc32(part, sum)
    if (bytes > member.size) throw tooLong(member)
    yield part
  }
  if (bytes !== member.size) throw new DamagedPart(`${bytes} bytes instead of ${member.size}`)
  if (sum !== member.crc) throw new DamagedPart('its checksum does not fit')
}

/**
 * Unpacks a part that is also compressed by gzip (SVGZ, EMZ); its size is not declared anywhere.
 * @throws DamagedPart, and the errors of `packed`
 */
export function gunzipped(packed: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  return through(packed, createGunzip({ chunkSize: STEP_BYTES }))
}

/**
 * The beginning of a part, as far as a few packed bytes yield it; empty where they yield nothing.
 * @throws AppError `unsafe_archive` where that is already more than the part declares
 */
export async function headOf(source: Source, member: Member): Promise<Buffer> {
  const { method, start, packed, size } = member
  const bytes = await source.read(start, start + Math.min(packed, HEAD_BYTES))
  const head = method === DEFLATED ? inflatedHead(bytes) : method === STORED ? bytes : Buffer.alloc(0)
  if (head.length > size) throw tooLong(member)
  return head
}

function inflatedHead(bytes: Buffer): Buffer {
  try {
    return inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch {
    return Buffer.alloc(0)
  }
}

/** Whether the part is stored uncompressed. */
export function isStored({ method, packed, size }: Member): boolean {
  return method === STORED && packed === size
}

function rawBytes(source: Source, member: Member): AsyncIterable<Buffer> | Iterable<Buffer> {
  if (member.method === STORED) return packedBytes(source, member)
  if (member.method !== DEFLATED) throw new DamagedPart(`packed in an unknown way (${member.method})`)
  return member.size <= AT_ONCE_BYTES && member.packed <= AT_ONCE_BYTES
    ? inflatedAtOnce(source, member)
    : through(packedBytes(source, member), createInflateRaw({ chunkSize: STEP_BYTES }))
}

async function* packedBytes(source: Source, { start, packed }: Member): AsyncIterable<Buffer> {
  for (let at = 0; at < packed; at += STEP_BYTES) {
    yield await source.read(start + at, start + Math.min(at + STEP_BYTES, packed))
  }
}

async function* inflatedAtOnce(source: Source, member: Member): AsyncIterable<Buffer> {
  const packed = await source.read(member.start, member.start + member.packed)
  const most = member.size + 1
  try {
    yield inflateRawSync(packed, { maxOutputLength: most, chunkSize: Math.max(most, 64) })
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLong(member) : damaged(error)
  }
}

async function* through(packed: AsyncIterable<Buffer>, inflate: InflateRaw | Gunzip): AsyncIterable<Buffer> {
  // Errors surface where the inflated bytes are read.
  pipeline(Readable.from(packed), inflate, () => {})
  try {
    yield* inflate as AsyncIterable<Buffer>
  } catch (error) {
    throw damaged(error)
  } finally {
    inflate.destroy()
  }
}

/** Errors of zlib mean a damaged file; all others come from the storage. */
function damaged(error: unknown): unknown {
  const { code = '', message } = error as NodeJS.ErrnoException
  return code.startsWith('Z_') ? new DamagedPart(message) : error
}

function tooLong({ name }: Member): Error {
  return unsafe('one of its parts is larger than it says', name)
}
