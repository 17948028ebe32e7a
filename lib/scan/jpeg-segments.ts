import type { Source } from './source.ts'

/** Only a malicious JPEG has this many segments in front of its pixels. */
const MAX_SEGMENTS = 2000
const HEAD_BYTES = 10

export interface JpegSegment {
  /** Whether it is the frame header, which has the size. */
  isFrame: boolean
  /** Marker, length, and what follows; at least nine bytes. */
  head: Buffer
  start: number
  /** Behind its last byte. */
  end: number
}

/** The segments of a JPEG up to its frame header, which may follow any number of others; fewer where it is damaged. */
export async function* jpegSegments(source: Source): AsyncIterable<JpegSegment> {
  let start = 2
  for (let segment = 0; segment < MAX_SEGMENTS; segment++) {
    const head = await source.read(start, start + HEAD_BYTES)
    if (head.length < 9 || head.readUInt8(0) !== 0xff) return
    const marker = head.readUInt8(1)
    // Fill bytes, and markers without a length.
    if (marker === 0xff) start += 1
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) start += 2
    else {
      // SOF0 to SOF15, without the three that are tables.
      const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
      const end = start + 2 + head.readUInt16BE(2)
      yield { isFrame, head, start, end }
      if (isFrame) return
      start = end
    }
  }
}
