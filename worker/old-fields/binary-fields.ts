/**
 * Fields of a Word document up to 2003 ([MS-DOC]). A list beside the text holds the kind of each as a number, which
 * LibreOffice uses: with another number it shows the stored result.
 */
import { type Compound, openCompound } from '#lib/scan/compound.ts'
import type { CompoundStream } from '#lib/scan/compound-stream.ts'
import type { Source } from '#lib/scan/source.ts'
import type { Field } from '#worker/package-copies/field-reader.ts'
import { verdictOf } from '#worker/package-copies/verdict.ts'
import { PieceTable } from './piece-table.ts'

/** The kind of QUOTE, whose stored result LibreOffice shows. */
export const SHOWN_AS_KEPT = 35
/** LibreOffice shows nothing for these in this format, for any reference. */
const NOT_SHOWN = /^\s*(?:EQ|INCLUDETEXT|INFO|NOTEREF)\b/i
/** The kind of a program's field that Word does not know. */
const UNKNOWN = 1
const WORD_97 = 0xc1
const FIB_BYTES = 898
const LONGEST_INSTRUCTION = 512
const MOST_FIELDS = 50_000
const LIST_BYTES = 6
/** 2.9.111, grffldEnd: it must not be recalculated. */
const LOCKED = 0x10

/** 2.5.6, FibRgFcLcb97: the offsets of the field lists of each part of the text; 2.5.4: the lengths of the parts. */
const LISTS = {
  text: 0x11a,
  headers: 0x122,
  footnotes: 0x12a,
  comments: 0x132,
  endnotes: 0x21a,
  boxes: 0x262,
  headerBoxes: 0x272,
}
const LENGTHS = {
  text: 76,
  footnotes: 80,
  headers: 84,
  macros: 88,
  comments: 92,
  endnotes: 96,
  boxes: 100,
  headerBoxes: 104,
}
const BOOKMARKS = 0x142
const MOST_BOOKMARK_BYTES = 4 * 1024 * 1024

/** A field mark: its position in the text, its two bytes, and their offset in the stream. */
interface Mark {
  at: number
  kind: number
  value: number
  place: number
}

interface Parts {
  fib: Buffer
  table: CompoundStream
  pieces: PieceTable
  bookmarks: ReadonlySet<string>
}

/** The file offsets of the kinds of fields that must show their stored result. @throws AppError, RangeError */
export async function keptFieldPlaces(source: Source, how: { writesFileDates: boolean }): Promise<number[]> {
  const parts = await partsOf(await openCompound(source))
  if (!parts) return []
  const places: number[] = []
  let start = 0
  for (const [part, at] of Object.entries(LENGTHS)) {
    const list = LISTS[part as keyof typeof LISTS]
    if (list !== undefined) places.push(...(await placesInPart({ ...parts, list, start }, how)))
    start += parts.fib.readUInt32LE(at)
  }
  return places
}

async function partsOf(compound: Compound): Promise<Parts | undefined> {
  const words = await compound.stream('WordDocument')
  if (!words || words.size < FIB_BYTES) return undefined
  const fib = await words.read(0, FIB_BYTES)
  const table = await compound.stream(fib.readUInt16LE(10) & 0x0200 ? '1Table' : '0Table')
  if (!table || fib.readUInt16LE(2) < WORD_97) return undefined
  const pieces = await PieceTable.read(fib, table, words)
  return { fib, table, pieces, bookmarks: await bookmarksIn(fib, table) }
}

/** 2.9.279, STTB: names of two bytes a character, each after its length. */
async function bookmarksIn(fib: Buffer, table: CompoundStream): Promise<Set<string>> {
  const [start, length] = [fib.readUInt32LE(BOOKMARKS), fib.readUInt32LE(BOOKMARKS + 4)]
  const names = new Set<string>()
  const list = await table.read(start, start + Math.min(length, MOST_BOOKMARK_BYTES))
  for (let at = 6; at + 2 <= list.length; ) {
    const end = at + 2 + 2 * list.readUInt16LE(at)
    names.add(list.toString('utf16le', at + 2, end))
    at = end
  }
  return names
}

async function placesInPart(
  part: Parts & { list: number; start: number },
  how: { writesFileDates: boolean },
): Promise<number[]> {
  const places: number[] = []
  const open: { begin: Mark; separator?: Mark; isComposed: boolean }[] = []
  for (const mark of await marksIn(part)) {
    const field = open.at(-1)
    if (mark.kind === 0x13) {
      if (field && !field.separator) field.isComposed = true
      open.push({ begin: mark, isComposed: false })
    } else if (mark.kind === 0x14 && field) field.separator ??= mark
    else if (mark.kind === 0x15 && open.pop() && field && (await isKept({ ...field, end: mark }, part, how)))
      places.push(part.table.place(field.begin.place))
  }
  return places
}

async function marksIn({
  fib,
  table,
  list,
  start,
}: Parts & { list: number; start: number }): Promise<Mark[]> {
  const [from, bytes] = [fib.readUInt32LE(list), fib.readUInt32LE(list + 4)]
  const count = Math.min(Math.floor((bytes - 4) / LIST_BYTES), MOST_FIELDS)
  if (count < 1) return []
  const content = await table.read(from, from + bytes)
  const values = 4 * (Math.floor((bytes - 4) / LIST_BYTES) + 1)
  return Array.from({ length: count }, (_, index) => {
    const at = values + 2 * index
    return {
      at: start + content.readUInt32LE(4 * index),
      kind: content.readUInt8(at) & 0x1f,
      value: content.readUInt8(at + 1),
      place: from + at + 1,
    }
  })
}

async function isKept(
  { begin, separator, end, isComposed }: { begin: Mark; separator?: Mark; end: Mark; isComposed: boolean },
  { pieces, bookmarks }: Parts,
  how: { writesFileDates: boolean },
): Promise<boolean> {
  const hasResult = separator !== undefined && end.at - separator.at > 1
  const last = Math.min((separator ?? end).at, begin.at + 1 + LONGEST_INSTRUCTION)
  const instruction = await pieces.text(begin.at + 1, last)
  const field: Field = {
    ...{ number: 0, within: undefined, part: 'result', isElement: false },
    ...{ instruction, isComposed, isLocked: (end.value & LOCKED) !== 0, hasResult },
  }
  if (hasResult && (begin.value === UNKNOWN || NOT_SHOWN.test(instruction))) return true
  const verdict = verdictOf(field, how)
  if (typeof verdict !== 'object') return verdict === 'kept'
  return 'place' in verdict && !bookmarks.has(verdict.place)
}
