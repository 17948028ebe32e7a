/**
 * The pages of a drawing of Visio 2000 to 2010 (.vsd). Its stream begins with a pointer to a list of pointers, one of
 * which points to the list of pages. The format is not published: this follows libvisio, which LibreOffice uses.
 */
import type { Compound } from './compound.ts'
import type { CompoundStream } from './compound-stream.ts'
import type { DrawingPages } from './visio-backgrounds.ts'

const [VERSION_AT, TRAILER_AT, POINTER_BYTES] = [0x1a, 0x24, 18]
const VERSIONS = [6, 11]
const [PAGE, PAGES] = [0x15, 0x27]
const [IS_FRONT, IS_PACKED] = [1, 2]
/** The largest size of a list, packed and unpacked: hundreds of times what thousands of pages need. */
const MAX_LIST_BYTES = 4 * 1024 * 1024

interface Pointer {
  type: number
  offset: number
  /** In bytes, as stored. */
  length: number
  format: number
}

/** The pages of a drawing with backgrounds; undefined for one without, and where the lists cannot be read. */
export async function backgroundsOfOldVisio(compound: Compound): Promise<DrawingPages | undefined> {
  const stream = await compound.stream('VisioDocument')
  const head = await compound.head('VisioDocument', TRAILER_AT + POINTER_BYTES)
  if (!stream || head.length < TRAILER_AT + POINTER_BYTES || !VERSIONS.includes(head.readUInt8(VERSION_AT)))
    return undefined
  const trailer = await pointersBehind(stream, pointerAt(head, TRAILER_AT))
  const list = trailer.find(({ type }) => type === PAGES)
  if (!list) return undefined
  const pages = (await pointersBehind(stream, list)).filter(({ type }) => type === PAGE)
  const backgrounds = pages.filter(({ format }) => (format & IS_FRONT) === 0).length
  return backgrounds > 0 ? { count: pages.length, backgrounds } : undefined
}

function pointerAt(bytes: Buffer, at: number): Pointer {
  return {
    type: bytes.readUInt32LE(at),
    offset: bytes.readUInt32LE(at + 8),
    length: bytes.readUInt32LE(at + 12),
    format: bytes.readUInt16LE(at + 16),
  }
}

async function pointersBehind(stream: CompoundStream, list: Pointer): Promise<Pointer[]> {
  if (list.length > MAX_LIST_BYTES || list.offset + list.length > stream.size) return []
  const bytes = await stream.read(list.offset, list.offset + list.length)
  const isPacked = (list.format & IS_PACKED) !== 0
  // The unpacked data begins with four bytes of its own; all offsets count from after them.
  return pointersIn(isPacked ? unpackLzss(bytes).subarray(4) : bytes)
}

/** A list begins with its own offset: there are the number of pointers, four bytes, and the pointers. */
function pointersIn(bytes: Buffer): Pointer[] {
  if (bytes.length < 4) return []
  const start = bytes.readUInt32LE(0)
  if (start + 8 > bytes.length) return []
  const first = start + 8
  const count = Math.min(bytes.readUInt32LE(start), Math.floor((bytes.length - first) / POINTER_BYTES))
  return Array.from({ length: count }, (_, index) => pointerAt(bytes, first + index * POINTER_BYTES))
}

const [WINDOW, MASK, SHORTEST] = [4096, 4095, 3]

/**
 * Unpacks Visio's LZSS: eight flags in a byte, each for a literal or for an offset in the last 4,096 bytes and a
 * length.
 */
export function unpackLzss(packed: Buffer): Buffer {
  const window = Buffer.alloc(WINDOW)
  const out: number[] = []
  const put = (byte: number) => {
    window[out.length & MASK] = byte
    out.push(byte)
  }
  for (let at = 0; at < packed.length && out.length < MAX_LIST_BYTES; ) {
    const marks = packed.readUInt8(at++)
    for (let bit = 0; bit < 8 && at < packed.length; bit++) {
      if (marks & (1 << bit)) put(packed.readUInt8(at++))
      else {
        if (at + 2 > packed.length) return Buffer.from(out)
        const [low, high] = [packed.readUInt8(at), packed.readUInt8(at + 1)]
        at += 2
        // Offsets count from 18 bytes before the start of the window.
        let place = (((high & 0xf0) << 4) | low) + 18
        for (let left = (high & 0x0f) + SHORTEST; left > 0; left--) put(window[place++ & MASK] ?? 0)
      }
    }
  }
  return Buffer.from(out)
}
