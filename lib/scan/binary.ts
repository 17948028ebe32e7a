import { fileTypeFromBuffer } from 'file-type'
import type { Finding } from './finding.ts'
import { otherKind } from './other-kinds.ts'
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
const OTHERS = {
  exe: 'program',
  elf: 'program',
  macho: 'program',
  gz: 'gzip',
  xz: 'xz',
  '7z': 'sevenZip',
  rar: 'rar',
  tar: 'tar',
  heic: 'heic',
  avif: 'avif',
  psd: 'photoshop',
  ico: 'icon',
} as const

const BIG_TIFF = /^(49492b00|4d4d002b)$/

/** Long enough for every signature, and short enough that a hostile file cannot slow the search down. */
const SIGNATURE_BYTES = 4100

/** Detects a binary file by its first bytes; undefined where they identify nothing. */
export async function detectBinary(head: Buffer): Promise<Finding | undefined> {
  if (BIG_TIFF.test(head.toString('hex', 0, 4))) return otherKind('bigTiff')
  const found = await fileTypeFromBuffer(head.subarray(0, SIGNATURE_BYTES))
  // Scanners write the directory of tags behind the pixels; there the library's search for raw photographs finds no
  // end.
  if (!found) return isClassicTiff(head) ? { format: 'tiff' } : undefined
  const format = PICTURES[found.ext]
  if (format) return { format }
  return isKnown(found.ext) ? otherKind(OTHERS[found.ext]) : { other: named(found) }
}

function isKnown(extension: string): extension is keyof typeof OTHERS {
  return extension in OTHERS
}

function named({ ext, mime }: { ext: string; mime: string }): string {
  const kind = /^(audio|video|font)\//.exec(mime)?.[1] ?? (mime.startsWith('image/') ? 'picture' : 'file')
  // The article follows how the letters are pronounced: an MP4, but a WAV.
  const article = /^[aefhilmnorsx8]/.test(ext) ? 'an' : 'a'
  return `${article} ${ext.toUpperCase()} ${kind}`
}
