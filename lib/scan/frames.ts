import type { Source } from './source.ts'

/** Counting stops after this many pieces, more than any picture has. */
const MOST_PIECES = 500_000
const PNG = { firstChunk: 8, chunkHead: 8, sumBytes: 4 }
const WEBP = { flags: 20, isAnimated: 2, firstChunk: 12 }

/** How many frames a GIF, PNG or WebP has; 1 for a still picture. */
export async function framesOf(source: Source): Promise<number> {
  const head = await source.read(0, 32)
  const magic = head.toString('latin1', 0, 4)
  if (magic === 'GIF8') return Math.max(1, await countedOf(gifFrames(source)))
  if (magic === '\x89PNG') return (await pngAnimation(source))?.frames ?? 1
  if (magic === 'RIFF' && isAnimatedWebp(head)) return Math.max(1, await framesOfWebp(source))
  return 1
}

/** Whether a WebP with this head of 21 bytes or more is animated. */
export function isAnimatedWebp(head: Buffer): boolean {
  const kind = head.toString('latin1', 8, 16)
  return kind === 'WEBPVP8X' && ((head[WEBP.flags] ?? 0) & WEBP.isAnimated) !== 0
}

async function countedOf(frames: AsyncIterable<number>): Promise<number> {
  let count = 0
  for await (const _ of frames) count++
  return count
}

/** The offsets where the frames of a GIF end. */
export async function* gifFrames(source: Source): AsyncGenerator<number> {
  const head = await source.read(0, 13)
  if (head.length < 13) return
  let at = 13 + colourBytes(head.readUInt8(10))
  for (let piece = 0; piece < MOST_PIECES; piece++) {
    const block = await source.read(at, at + 10)
    const kind = block[0]
    if (kind === 0x2c && block.length === 10) {
      at = await behindBlocks(source, at + 11 + colourBytes(block.readUInt8(9)))
      yield at
    } else if (kind === 0x21) at = await behindBlocks(source, at + 2)
    else return
  }
}

const colourBytes = (flags: number) => (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0)

/** The offset after a row of blocks. Each block begins with its length; an empty one is the last. */
async function behindBlocks(source: Source, start: number): Promise<number> {
  let at = start
  for (;;) {
    const [length = 0] = await source.read(at, at + 1)
    at += 1 + length
    if (length === 0) return at
  }
}

export interface PngAnimation {
  /** The offset of the chunk that makes a PNG animated; it has eight bytes of content. */
  at: number
  frames: number
}

/** The animation chunk of a PNG, which precedes the first frame's pixels; undefined for a still picture. */
export async function pngAnimation(source: Source): Promise<PngAnimation | undefined> {
  for await (const { kind, start } of chunksOfPng(source)) {
    if (kind !== 'acTL') continue
    const count = await source.read(start, start + 4)
    return { at: start - PNG.chunkHead, frames: count.length < 4 ? 1 : Math.max(1, count.readUInt32BE()) }
  }
  return undefined
}

/** The chunks of a PNG in front of its pixels. */
export async function* chunksOfPng(source: Source): AsyncIterable<PictureChunk> {
  let at = PNG.firstChunk
  for (let piece = 0; piece < MOST_PIECES; piece++) {
    const head = await source.read(at, at + PNG.chunkHead)
    if (head.length < PNG.chunkHead) return
    const kind = head.toString('latin1', 4, 8)
    if (kind === 'IDAT') return
    const start = at + PNG.chunkHead
    const end = start + head.readUInt32BE(0)
    yield { kind, start, end: Math.min(end, source.size) }
    at = end + PNG.sumBytes
  }
}

async function framesOfWebp(source: Source): Promise<number> {
  let frames = 0
  for await (const { kind } of chunksOfWebp(source)) if (kind === 'ANMF') frames++
  return frames
}

/** A piece of a PNG or WebP. */
export interface PictureChunk {
  kind: string
  /** The offset of its content. */
  start: number
  end: number
}

/** The chunks of a WebP, or of a frame in it, in order. */
export async function* chunksOfWebp(
  source: Source,
  { start, end }: Pick<PictureChunk, 'start' | 'end'> = { start: WEBP.firstChunk, end: source.size },
): AsyncIterable<PictureChunk> {
  let at = start
  for (let piece = 0; piece < MOST_PIECES; piece++) {
    const head = await source.read(at, Math.min(at + 8, end))
    if (head.length < 8) return
    const length = head.readUInt32LE(4)
    yield { kind: head.toString('latin1', 0, 4), start: at + 8, end: Math.min(at + 8 + length, end) }
    // Chunks begin at even offsets.
    at += 8 + length + (length % 2)
  }
}
