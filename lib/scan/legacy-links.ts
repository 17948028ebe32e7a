/**
 * Links, comments, hidden rows and paths of Excel and PowerPoint up to 2003, read from the records of their streams.
 */
import { note } from '../vocabulary/notes.ts'
import { cellChangesOfOldWorkbook } from './cell-changes.ts'
import type { Compound } from './compound.ts'
import { addNote, type Flags, noFlags, noteClickable } from './flags.ts'

/** Links are in each sheet and in the list of all objects; the scan stops after this many bytes. */
const MAX_STREAM_BYTES = 16 * 1024 * 1024

/** [MS-XLS]: HLink with a moniker is an external link, SupBook with a path names another workbook. */
export async function linksOfWorkbook(compound: Compound, stream: string): Promise<Partial<Flags>> {
  const [FILE_PASS, SUP_BOOK, HLINK, HAS_MONIKER, NOTE] = [0x2f, 0x1ae, 0x1b8, 1, 0x1c]
  const [HEADER, FOOTER] = [0x14, 0x15]
  const found = noFlags()
  const bytes = await compound.head(stream, MAX_STREAM_BYTES)
  if (/filename/i.test(bytes.toString('latin1'))) found.fileNames = true
  for (let at = 0; at + 4 <= bytes.length; at += 4 + bytes.readUInt16LE(at + 2)) {
    const record = bytes.readUInt16LE(at)
    // The records behind it are encrypted, with a password that all programs know.
    if (record === FILE_PASS) {
      found.hiddenRows = true
      found.fileNames = true
      found.tiedPages = true
      break
    }
    const body = bytes.subarray(at + 4, at + 4 + bytes.readUInt16LE(at + 2))
    if (record === HLINK && body.length >= 32 && body.readUInt32LE(28) & HAS_MONIKER) noteClickable(found)
    else if (record === HLINK || mayTie(record, body)) found.tiedPages = true
    // The cells hold the values that were read from there.
    if (record === SUP_BOOK && isOtherBook(body)) addNote(found, note('sources_not_read'))
    if (record === NOTE) noteComment(found)
    if ((record === HEADER || record === FOOTER) && PATH.test(body.toString('latin1'))) found.fileNames = true
    if (hidesRows(record, body)) found.hiddenRows = true
  }
  const changes = await cellChangesOfOldWorkbook(compound)
  if (changes > 0) addNote(found, note('cell_changes_shown', { count: changes }))
  // The rest was not read.
  if (bytes.length === MAX_STREAM_BYTES) {
    found.hiddenRows = true
    found.fileNames = true
    found.tiedPages = true
  }
  return foundIn(found)
}

/**
 * [MS-XLS] 2.5.198.63, PtgFuncVar: calls of HYPERLINK (2.5.198.17, Ftab) with one argument or two; 2.5.198.62, PtgFunc:
 * calls of RAND and NOW; 2.5.198.9, PtgAttrSemi: a formula that is always calculated.
 */
const TYING = [
  ...[0x22, 0x42, 0x62].flatMap(token => [1, 2].map(count => Buffer.from([token, count, 0x67, 0x01]))),
  ...[0x21, 0x41, 0x61].flatMap(token => [0x3f, 0x4a].map(id => Buffer.from([token, id, 0]))),
  Buffer.from([0x19, 0x01]),
]
/** The records of formulas: Formula, Array and ShrFmla. */
const FORMULAS = [0x06, 0x221, 0x4bc]
/** The records of names, ExternName and Lbl, of functions that came after the others: RANDBETWEEN, RANDARRAY. */
const NAMES = [0x23, 0x18]
/** The first bytes of a link of a drawn shape, in MsoDrawing and Continue. */
const SHAPE_LINK = Buffer.from('d0c9ea79f9bace118c8200aa004ba90b', 'hex')
const DRAWINGS = [0xec, 0x3c]

/** Whether a formula or a shape may tie pages together. */
function mayTie(record: number, body: Buffer): boolean {
  if (FORMULAS.includes(record)) return TYING.some(bytes => body.includes(bytes))
  if (NAMES.includes(record)) return body.toString('latin1').replaceAll('\0', '').includes('RAND')
  return DRAWINGS.includes(record) && body.includes(SHAPE_LINK)
}

/** The path in a header or footer, whose characters take one byte or two. */
const PATH = /&\0?Z/i

/** [MS-XLS] 2.4.221 Row, 2.4.53 ColInfo, 2.4.87 DefaultRowHeight: one bit of each hides what it describes. */
function hidesRows(record: number, body: Buffer): boolean {
  const [at, bit] = HIDING.get(record) ?? [0, 0]
  return bit !== 0 && body.length > at && (body.readUInt8(at) & bit) !== 0
}

const HIDING = new Map<number, readonly [at: number, bit: number]>([
  [0x208, [12, 0x20]],
  [0x7d, [8, 1]],
  [0x225, [0, 2]],
])

function noteComment(flags: Flags): void {
  flags.comments = (flags.comments ?? 0) + 1
}

/** [MS-XLS] 2.4.271: two lengths mean the workbook itself and its add-ins, and a single character means no workbook. */
function isOtherBook(body: Buffer): boolean {
  const length = body.length >= 4 ? body.readUInt16LE(2) : 0
  return length > 1 && length <= 0xff
}

/**
 * [MS-PPT] 2.10.16, ExHyperlinkContainer: one with a target is external, one with only a location goes to another
 * slide.
 */
export async function linksOfPresentation(compound: Compound): Promise<Partial<Flags>> {
  const [DOCUMENT, OBJECTS, HYPERLINK, TEXT, TARGET] = [0x03e8, 0x0409, 0x0fd7, 0x0fba, 1]
  // A comment is in a slide's list of tags of later programs.
  const [SLIDE, TAGS, TAG, TAG_DATA, COMMENT] = [0x03ee, 0x1388, 0x138a, 0x138b, 0x2ee0]
  const entered = [DOCUMENT, OBJECTS, HYPERLINK, SLIDE, TAGS, TAG, TAG_DATA]
  const found = noFlags()
  const bytes = await compound.head('PowerPoint Document', MAX_STREAM_BYTES)
  for (let at = 0; at + 8 <= bytes.length; ) {
    const kind = bytes.readUInt16LE(at + 2)
    // A save may have appended the whole document again: the last one counts.
    if (kind === DOCUMENT) found.links = 0
    if (kind === TEXT && bytes.readUInt16LE(at) >> 4 === TARGET) noteClickable(found)
    if (kind === COMMENT) noteComment(found)
    at += 8 + (entered.includes(kind) ? 0 : bytes.readUInt32LE(at + 4))
  }
  return foundIn(found)
}

function foundIn({
  links = 0,
  comments = 0,
  hiddenRows = false,
  tiedPages = false,
  fileNames,
  notes,
}: Flags): Partial<Flags> {
  return { links, comments, hiddenRows, tiedPages, ...(fileNames && { fileNames }), ...(notes && { notes }) }
}
