import { note } from '../notes.ts'
import { addNote, type Flags } from './flags.ts'

const BACKGROUND = /<(?:\w{1,10}:)?Page\s[^<>]{0,900}?\bBackground\s{0,9}=\s{0,9}["'](?:1|true)["']/g
/** More than the tag that tells, which may lie across two chunks. */
const SEAM_BYTES = 1024

/** Counts the backgrounds of a Visio drawing: LibreOffice prints each behind its pages, and once more as a page. */
export function backgroundNoter(flags: Flags): (piece: string) => void {
  let rest = ''
  return piece => {
    const text = rest + piece
    let end = 0
    for (const match of text.matchAll(BACKGROUND)) {
      addNote(flags, note('background_pages_printed'))
      end = match.index + match[0].length
    }
    rest = text.slice(Math.max(end, text.length - SEAM_BYTES))
  }
}
