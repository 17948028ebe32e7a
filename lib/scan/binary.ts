import { fileTypeFromBuffer } from 'file-type'
import type { Finding } from './finding.ts'
import { isClassicTiff } from './tiff.ts'

const PICTURES: Record<string, string> = {
  png: 'png',
  apng: 'png',
  jpg: 'jpg',
  gif: 'gif',
  bmp: 'bmp',
  tif: 'tiff',
  webp: 'webp',
}
const OTHERS: Record<string, string> = {
  exe: 'a program',
  elf: 'a program',
  macho: 'a program',
  gz: 'a GZIP archive',
  xz: 'an XZ archive',
  '7z': 'a 7-Zip archive',
  rar: 'a RAR archive',
  tar: 'a TAR archive',
  heic: 'a HEIC picture',
  avif: 'an AVIF picture',
  psd: 'a Photoshop picture',
  ico: 'an icon',
}

/** Enough for every signature, and few enough that no hostile file keeps the search busy. */
const SIGNATURE_BYTES = 4100

/** What a binary file is by its first bytes; undefined where they say nothing. */
export async function lookAtBinary(head: Buffer): Promise<Finding | undefined> {
  const found = await fileTypeFromBuffer(head.subarray(0, SIGNATURE_BYTES))
  // Where the list of facts lies behind the pixels, as scanners write it, the search for raw photographs finds no end.
  if (!found) return isClassicTiff(head) ? { format: 'tiff' } : undefined
  const format = PICTURES[found.ext]
  return format ? { format } : { other: OTHERS[found.ext] ?? named(found) }
}

function named({ ext, mime }: { ext: string; mime: string }): string {
  const kind = /^(audio|video|font)\//.exec(mime)?.[1] ?? (mime.startsWith('image/') ? 'picture' : 'file')
  // Letters are read one by one: an MP4, but a WAV.
  const article = /^[aefhilmnorsx8]/.test(ext) ? 'an' : 'a'
  return `${article} ${ext.toUpperCase()} ${kind}`
}
