/** Links of Excel and PowerPoint up to 2003, by the records of their streams. */
import { note } from '../notes.ts'
import type { Compound } from './compound.ts'
import { addNote, type Flags, noFlags, noteClickable } from './flags.ts'

/** Links stand in each sheet and in the list of all objects; what lies farther back is not looked for. */
const MAX_STREAM_BYTES = 16 * 1024 * 1024

/** [MS-XLS]: HLink with a moniker leads out, SupBook with a path names another workbook. */
export async function linksOfWorkbook(compound: Compound, stream: string): Promise<Partial<Flags>> {
  const [FILE_PASS, SUP_BOOK, HLINK, HAS_MONIKER] = [0x2f, 0x1ae, 0x1b8, 1]
  const found = noFlags()
  const bytes = await compound.head(stream, MAX_STREAM_BYTES)
  for (let at = 0; at + 4 <= bytes.length; at += 4 + bytes.readUInt16LE(at + 2)) {
    const record = bytes.readUInt16LE(at)
    // Behind it the records are encrypted, with a password that all programs know.
    if (record === FILE_PASS) break
    const body = bytes.subarray(at + 4, at + 4 + bytes.readUInt16LE(at + 2))
    if (record === HLINK && body.length >= 32 && body.readUInt32LE(28) & HAS_MONIKER) noteClickable(found)
    // The values that were taken from there stand in the cells.
    if (record === SUP_BOOK && isOtherBook(body)) addNote(found, note('sources_not_read'))
  }
  return foundLinks(found)
}

/** [MS-XLS] 2.4.271: two lengths mean the workbook itself and its add-ins, and a single letter no workbook at all. */
function isOtherBook(body: Buffer): boolean {
  const length = body.length >= 4 ? body.readUInt16LE(2) : 0
  return length > 1 && length <= 0xff
}

/** [MS-PPT] 2.10.16, ExHyperlinkContainer: one with a target leads out, one with only a place to another slide. */
export async function linksOfPresentation(compound: Compound): Promise<Partial<Flags>> {
  const [DOCUMENT, OBJECTS, HYPERLINK, TEXT, TARGET] = [0x03e8, 0x0409, 0x0fd7, 0x0fba, 1]
  const found = noFlags()
  const bytes = await compound.head('PowerPoint Document', MAX_STREAM_BYTES)
  for (let at = 0; at + 8 <= bytes.length; ) {
    const kind = bytes.readUInt16LE(at + 2)
    // A save may have added the whole document once more: the last one counts.
    if (kind === DOCUMENT) found.links = 0
    if (kind === TEXT && bytes.readUInt16LE(at) >> 4 === TARGET) noteClickable(found)
    at += 8 + ([DOCUMENT, OBJECTS, HYPERLINK].includes(kind) ? 0 : bytes.readUInt32LE(at + 4))
  }
  return foundLinks(found)
}

function foundLinks({ links, notes }: Flags): Partial<Flags> {
  return notes ? { links: links ?? 0, notes } : { links: links ?? 0 }
}
