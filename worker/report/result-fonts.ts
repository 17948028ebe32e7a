import { plain } from './known-fonts.ts'
import { openInSlot } from './open-in-slot.ts'

const HEAD = Buffer.from('%PDF-')
const STEP_BYTES = 1024 * 1024
/** Longer than a name and its surroundings, which may lie across two chunks. */
const OVERLAP_BYTES = 256
/** Fonts are written last, after all pages and pictures, so of a huge file only the end is read. */
const MAX_BYTES = 64 * 1024 * 1024
const NAME = /\/BaseFont\s?\/(?:[A-Z]{6}\+)?([^\s/<>[\]()]{1,200})(?=[\s/<>[\]()])/g

/**
 * The fonts of a PDF, by their names without style and in the form of `plain`. Undefined for another file, and for a
 * PDF whose objects are compressed.
 */
export async function fontsInPdf(path: string): Promise<ReadonlySet<string> | undefined> {
  const file = await openInSlot(path)
  try {
    const { size } = await file.stat()
    const names = new Set<string>()
    let isPacked = false
    const buffer = Buffer.alloc(STEP_BYTES)
    await file.read(buffer, 0, HEAD.length, 0)
    if (!buffer.subarray(0, HEAD.length).equals(HEAD)) return undefined
    for (let at = Math.max(0, size - MAX_BYTES); at < size; at += STEP_BYTES - OVERLAP_BYTES) {
      const { bytesRead } = await file.read(buffer, 0, STEP_BYTES, at)
      const part = buffer.subarray(0, bytesRead)
      if (part.includes('/BaseFont'))
        for (const [, name = ''] of part.toString('latin1').matchAll(NAME)) names.add(fontFamilyOf(name))
      isPacked ||= part.includes('/ObjStm')
    }
    return isPacked ? undefined : names
  } finally {
    await file.close()
  }
}

/** Faces of one collection, which LibreOffice writes by the name of the first one. */
const CJK_FACE = /^noto(sans|serif)(?:mono)?cjk(?:jp|kr|sc|tc|hk)$/

/** The family of `LiberationSans-Bold`, `TimesNewRomanPS-BoldMT` or `DejaVuSans#20Mono`, in the form of `plain`. */
export function fontFamilyOf(postscript: string): string {
  const name = postscript.replace(/#([0-9A-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
  const [family = ''] = name.split(/[-,]/)
  return plain(family.replace(/(PS)?(MT)?$/, '')).replace(CJK_FACE, 'noto$1cjk')
}
