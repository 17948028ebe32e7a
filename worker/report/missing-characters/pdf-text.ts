import { constants, inflateSync } from 'node:zlib'
import { FileText } from '#worker/check-result/file-text.ts'
import { PlainPdf } from '#worker/check-result/plain-pdf.ts'
import { openInSlot } from '../open-in-slot.ts'
import { type CharacterTally, Tallying } from './tally.ts'

const STEP_BYTES = 1024 * 1024
/** Longer than the searched pattern, which may lie across two chunks. */
const OVERLAP_BYTES = 64
/** Fonts are written last, after all pages and pictures, so of a huge file only the end is read. */
const MAX_BYTES = 64 * 1024 * 1024
const MAX_FONTS = 500
const MAP_BYTES = 256 * 1024
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 4 * MAP_BYTES }
/** A line of a character map: a glyph, and its characters in UTF-16. */
const MAPPED = /<[0-9a-f]{2,4}>\s*<((?:[0-9a-f]{4}){1,8})>/gi

/**
 * The rare characters of a PDF, from its fonts' character maps. Where a font lacks some, LibreOffice draws the same box
 * for all, and the map contains at least the first of them. Undefined where the PDF is compressed differently than
 * LibreOffice's.
 */
export async function tallyOfFonts(path: string): Promise<CharacterTally | undefined> {
  const file = await openInSlot(path)
  try {
    const text = await FileText.open(file)
    const pdf = await PlainPdf.open(text)
    if (!pdf) return undefined
    const tallying = new Tallying()
    for (const id of await mapsIn(text)) {
      const object = await pdf.object(id, MAP_BYTES)
      for (const [, hex = ''] of unpacked(object?.text ?? '').matchAll(MAPPED))
        tallying.add(Buffer.from(hex, 'hex').swap16().toString('utf16le'))
    }
    return tallying.tally
  } finally {
    await file.close()
  }
}

async function mapsIn(text: FileText): Promise<Set<number>> {
  const ids = new Set<number>()
  for (let at = Math.max(0, text.size - MAX_BYTES); at < text.size; at += STEP_BYTES - OVERLAP_BYTES)
    for (const [, id] of (await text.slice(at, STEP_BYTES)).matchAll(/\/ToUnicode (\d{1,10}) 0 R/g))
      if (ids.size < MAX_FONTS) ids.add(Number(id))
  return ids
}

function unpacked(object: string): string {
  const start = /stream\r?\n/.exec(object)
  if (!start) return ''
  const bytes = Buffer.from(object.slice(start.index + start[0].length), 'latin1')
  try {
    return inflateSync(bytes, LENIENT).toString('latin1')
  } catch {
    return ''
  }
}
