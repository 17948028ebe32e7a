/**
 * Moving pictures. Of a GIF and a PNG LibreOffice draws the first frame, of a WebP none; so it is given one that holds
 * its first frame alone. This is an engine around any other.
 */
import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chunksOfWebp, isAnimatedWebp, type WebpChunk } from '#lib/scan/frames.ts'
import type { Source } from '#lib/scan/source.ts'
import { type Conversion, type Engine, withConvert } from './engine.ts'
import { sourceOfFile } from './file-source.ts'

/** Of a frame, ahead of its own chunks: where it stands, how large it is, how long it is shown. */
const FRAME_BYTES = 16
const [IS_TRANSPARENT, HEAD_BYTES] = [0x10, 32]

/** The same engine, which draws the first frame of a WebP that moves. */
export function withStillPictures(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    if (conversion.format !== 'webp') return engine.convert(conversion)
    const sourcePath = (await stillOf(conversion)) ?? conversion.sourcePath
    return engine.convert({ ...conversion, sourcePath })
  })
}

async function stillOf({ sourcePath, directory }: Conversion): Promise<string | undefined> {
  const file = await open(sourcePath)
  try {
    const source = await sourceOfFile(file)
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

/** What the picture says of itself: that it may be transparent, and how large the frame is. */
async function headOf(source: Source, { start }: WebpChunk): Promise<Buffer> {
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
