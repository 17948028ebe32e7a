import { note } from '../vocabulary/notes.ts'
import { addNote, type Flags } from './flags.ts'
import type { Archive } from './zip.ts'

const [DATA, DRAWING] = [
  /^(?:word|ppt|xl)\/diagrams\/data\d*\.xml$/i,
  /^(?:word|ppt|xl)\/diagrams\/drawing\d*\.xml$/i,
]

/** Notes diagrams (SmartArt) without a stored drawing: LibreOffice lays them out anew. */
export function noteDiagrams({ entries }: Archive, flags: Flags): void {
  let count = 0
  for (const { name } of entries) {
    if (DATA.test(name)) count++
    else if (DRAWING.test(name)) count--
  }
  if (count > 0) addNote(flags, note('diagrams_laid_out', { count }))
}
