/**
 * Animated pictures. LibreOffice draws no frame of a WebP, and 25.2 none of some GIFs and PNGs; so it receives a
 * picture with only the first frame. A wrapper around another engine.
 */
import { type FileHandle, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { chunksOfWebp, gifFrames, isAnimatedWebp, type PictureChunk, pngAnimation } from '#lib/scan/frames.ts'
import type { Source } from '#lib/scan/source.ts'
import { inOrder } from '#lib/scan/window.ts'
import { type Conversion, type Engine, withConvert } from './engine.ts'
import { sourceOfFile } from './file-source.ts'

/** The header of a frame, before its own chunks: position, size, duration. */
const FRAME_BYTES = 16
const [IS_TRANSPARENT, HEAD_BYTES] = [0x10, 32]
const GIF_END = Buffer.from([0x3b])
/** An unknown chunk, which every reader ignores. */
const IGNORED = Buffer.from('stIl', 'latin1')
const PNG_ANIMATION_BYTES = 8
const FORMATS = ['gif', 'png', 'webp']

/** The same engine, which draws the first frame of an animated picture. */
export function withStillPictures(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    if (!FORMATS.includes(conversion.format)) return engine.convert(conversion)
    const sourcePath = (await stillOf(conversion)) ?? conversion.sourcePath
    return engine.convert({ ...conversion, sourcePath })
  })
}

/** The path of a still copy; undefined where the file is still, or was made so in place. */
async function stillOf({ sourcePath, format, directory }: Conversion): Promise<string | undefined> {
  const file = await open(sourcePath, 'r+')
  try {
    const source = inOrder(await sourceOfFile(file))
    if (format === 'gif') return await endBehindFirstFrame(file, source)
    if (format === 'png') return await hideAnimation(file, source)
    if (!isAnimatedWebp(await source.read(0, HEAD_BYTES))) return undefined
    const still = await firstFrameOf(source)
    if (!still) return undefined
    const path = join(directory, 'still.webp')
    await writeFile(path, still)
    return path
  } finally {
    await file.close()
  }
}

async function endBehindFirstFrame(file: FileHandle, source: Source): Promise<undefined> {
  const ends: number[] = []
  for await (const end of gifFrames(source)) if (ends.push(end) > 1) break
  const [first = 0] = ends
  if (ends.length < 2) return
  await file.truncate(first)
  await file.write(GIF_END, 0, GIF_END.length, first)
}

/** Without its animation chunk it is an ordinary PNG, and readers ignore the other frames. */
async function hideAnimation(file: FileHandle, source: Source): Promise<undefined> {
  const animation = await pngAnimation(source)
  if (!animation) return
  const [kindAt, contentAt] = [animation.at + 4, animation.at + 8]
  const content = await source.read(contentAt, contentAt + PNG_ANIMATION_BYTES)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(content, crc32(IGNORED)))
  const written = Buffer.concat([IGNORED, content, sum])
  await file.write(written, 0, written.length, kindAt)
}

/** A WebP of the first frame; undefined where there is none. */
async function firstFrameOf(source: Source): Promise<Buffer | undefined> {
  for await (const frame of chunksOfWebp(source)) {
    if (frame.kind !== 'ANMF') continue
    const parts = [await headOf(source, frame)]
    for await (const chunk of chunksOfWebp(source, { ...frame, start: frame.start + FRAME_BYTES }))
      if (/^(?:ALPH|VP8[ L])$/.test(chunk.kind))
        parts.push(chunkOf(chunk.kind, await source.read(chunk.start, chunk.end)))
    return chunkOf('RIFF', Buffer.concat([Buffer.from('WEBP'), ...parts]))
  }
  return undefined
}

/** The picture's header: whether it may be transparent, and the size of the frame. */
async function headOf(source: Source, { start }: PictureChunk): Promise<Buffer> {
  const head = Buffer.alloc(10)
  head.writeUInt8(IS_TRANSPARENT)
  const size = await source.read(start + 6, start + 12)
  size.copy(head, 4)
  return chunkOf('VP8X', head)
}

function chunkOf(kind: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(content.length)
  return Buffer.concat([Buffer.from(kind, 'latin1'), length, content, Buffer.alloc(content.length % 2)])
}
