/** Tracked changes of cells, rows, columns and sheets. LibreOffice prints only their outcome. */
import { note } from '../vocabulary/notes.ts'
import type { Compound } from './compound.ts'
import { addNote, type Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 512
const OPEN_DOCUMENT =
  /<table:(?:cell-content-change|insertion|deletion|movement)\s(?![^>]{0,300}\stable:acceptance-state="(?:accepted|rejected)")/g
/** An inserted or deleted row may contain the changes of its cells; the last group matches one that contains none. */
const REVISION = /<(?:\w+:)?(rcc|rrc|rm|ris)\s([^<>]{0,400}?)(\/?)>|<\/(?:\w+:)?rrc>/g
/** Accepted, or made by a rejection. */
const RESOLVED = /\s[ur]a="(?:1|true)"/
/** The largest part of a revision stream that is read; later revisions are not counted. */
const MAX_STREAM_BYTES = 16 * 1024 * 1024

/** Counts the pending changes of an OpenDocument workbook. */
export function openCellChangesNoter(flags: Flags): (piece: string) => void {
  const search = new PieceSearch(OPEN_DOCUMENT, LONGEST)
  return piece => {
    for (const _ of search.matches(piece)) addNote(flags, note('cell_changes_shown'))
  }
}

/** Counts the pending changes in a revision part of a shared Excel workbook. */
export function revisionsNoter(flags: Flags): (piece: string) => void {
  const search = new PieceSearch(REVISION, LONGEST)
  let isWithinRow = false
  return piece => {
    for (const [, element, attributes = '', isEmpty] of search.matches(piece)) {
      if (element === undefined) isWithinRow = false
      else if (!isWithinRow) {
        if (!RESOLVED.test(` ${attributes}`)) addNote(flags, note('cell_changes_shown'))
        isWithinRow = element === 'rrc' && isEmpty === ''
      }
    }
  }
}

/** [MS-XLS] 2.1.7.19: the revisions of a shared workbook are in a separate stream. */
const STREAM = 'Revision Log'
const [INSERTED_OR_DELETED, CELL, MOVED, SHEET] = [0x137, 0x13b, 0x140, 0x14d]
const [BEGIN, END] = [0x150, 0x151]
/** [MS-XLS] 2.5.221, RRD: the flags follow two numbers and a kind; the first bit means accepted. */
const STATE_AT = 10

/** Counts the pending changes of a shared workbook of Excel up to 2003. */
export async function cellChangesOfOldWorkbook(compound: Compound): Promise<number> {
  if (!compound.has(STREAM)) return 0
  const bytes = await compound.head(STREAM, MAX_STREAM_BYTES)
  let [count, isWithinRow] = [0, false]
  for (let at = 0; at + 4 <= bytes.length; at += 4 + bytes.readUInt16LE(at + 2)) {
    const record = bytes.readUInt16LE(at)
    if (record === BEGIN || record === END) isWithinRow = record === BEGIN
    const isChange = [INSERTED_OR_DELETED, MOVED, SHEET].includes(record) || (record === CELL && !isWithinRow)
    const state = at + 4 + STATE_AT < bytes.length ? bytes.readUInt8(at + 4 + STATE_AT) : 1
    if (isChange && (state & 1) === 0) count++
  }
  return count
}
