/** Detects the content of a Compound File: the Office formats up to 2003, and newer ones that are locked. */
import { type Compound, openCompound } from './compound.ts'
import { DEFAULT_PASSWORD, opens } from './default-password.ts'
import { type Convertible, type Finding, lockedFile, passwordNoUse } from './finding.ts'
import type { Flags } from './flags.ts'
import { languageOfOldWorkbook } from './language.ts'
import { linksOfPresentation, linksOfWorkbook } from './legacy-links.ts'
import { backgroundsOfOldVisio } from './old-visio.ts'
import { otherKind } from './other-kinds.ts'
import type { Source } from './source.ts'

const OTHERS = [
  ['VisioDocument', 'visio'],
  ['__properties_version1.0', 'message'],
  ['Quill', 'publisher'],
  ['\tDRMContent', 'managed'],
  ['StarWriterDocument', 'starOffice'],
  ['StarCalcDocument', 'starOffice'],
  ['StarDrawDocument3', 'starOffice'],
  ['MatOST', 'oldWorks'],
  ['BodyText', 'hangul'],
] as const
/** By the main stream: Works since 2000, and Quattro Pro since 7. */
const MAINS = [
  ['NativeContent_MAIN', 'wb2'],
  ['PerfectOffice_MAIN', 'wb2'],
] as const

/**
 * Detects the format of a Compound File.
 * @throws AppError `password_required`, `password_unsupported`, `corrupt_file`
 */
export async function detectLegacy(source: Source): Promise<Finding> {
  const compound = await openCompound(source)
  if (compound.has('EncryptedPackage')) throw lockedFile('an encrypted package of Office 2007 or later')
  if (compound.has('PowerPoint Document')) return presentation(compound)
  // PowerPoint 95; the engine detects its few locked files.
  if (compound.has('PP40')) return { format: 'ppt' }
  const flags = {
    macros: compound.has('Macros') || compound.has('_VBA_PROJECT_CUR'),
    // Each object of a workbook is in a separate storage.
    oleObjects: compound.names.filter(name => /^mbd[0-9a-f]{8}$/.test(name)).length,
  }
  if (compound.has('WordDocument')) {
    const found = await document(compound)
    const beside = compound.has('ObjectPool') ? { wordsBeside: true } : {}
    return { ...found, flags: { ...flags, ...found.flags, ...beside } }
  }
  if (compound.has('Workbook'))
    return {
      ...(await workbook(compound, 'Workbook')),
      flags: {
        ...flags,
        ...(await linksOfWorkbook(compound, 'Workbook')),
        ...(await languageIn(compound, 'Workbook')),
      },
    }
  if (compound.has('Book'))
    return {
      ...(await workbook(compound, 'Book')),
      flags: {
        ...flags,
        hiddenRows: true,
        fileNames: true,
        tiedPages: true,
        ...(await languageIn(compound, 'Book')),
      },
    }
  if (await isVisio(compound)) return visio(compound)
  if (await isPublisher(compound)) return { format: 'pub' }
  if (await isWorks(compound)) return { format: 'wps' }
  const main = MAINS.find(([name]) => compound.has(name))
  if (main) return { format: main[1] }
  return otherKind(OTHERS.find(([name]) => compound.has(name))?.[1] ?? 'compound')
}

async function languageIn(compound: Compound, stream: string): Promise<Partial<Flags>> {
  const language = await languageOfOldWorkbook(compound, stream)
  return language ? { language } : {}
}

async function isVisio(compound: Compound): Promise<boolean> {
  // The version follows the signature: up to 6 (Visio 2000 and 2002), and 11 (Visio 2003 to 2010).
  const [signature, version] = ['Visio (TM) Drawing\r\n\0', 0x1a]
  const head = await compound.head('VisioDocument', version + 1)
  if (head.length <= version || !head.toString('latin1').startsWith(signature)) return false
  const number = head.readUInt8(version)
  return (number >= 1 && number <= 6) || number === 11
}

async function visio(compound: Compound): Promise<Finding> {
  const drawingPages = await backgroundsOfOldVisio(compound)
  return { format: 'vsd', ...(drawingPages && { flags: { drawingPages } }) }
}

async function isPublisher(compound: Compound): Promise<boolean> {
  // Other programs also have a stream of this name. The first value is of Publisher 97 to 2000, the second of all
  // since.
  const starts = ['e8ac2200', 'e8ac2c00']
  return starts.includes((await compound.head('Contents', 4)).toString('hex'))
}

async function isWorks(compound: Compound): Promise<boolean> {
  return /^CHNK/.test((await compound.head('CONTENTS', 4)).toString('latin1'))
}

async function presentation(compound: Compound): Promise<Finding> {
  // [MS-PPT] 2.3.2, CurrentUserAtom: its token is different for an encrypted document.
  const ENCRYPTED = 0xf3d1c4df
  const user = await compound.head('Current User', 16)
  const isEncrypted = user.length === 16 && user.readUInt32LE(12) === ENCRYPTED
  if (isEncrypted || compound.has('EncryptedSummary'))
    throw passwordNoUse('presentations of PowerPoint 97 to 2003')
  return { format: 'ppt', flags: await linksOfPresentation(compound) }
}

async function document(compound: Compound): Promise<Convertible> {
  // [MS-DOC] 2.5.2, FibBase: the same bits in Word 95 and in Word 97 to 2003.
  const [IS_TEMPLATE, IS_ENCRYPTED] = [0x0001, 0x0100]
  const fib = await compound.head('WordDocument', FIB_BYTES)
  const flags = fib.length >= 12 ? fib.readUInt16LE(10) : 0
  if (flags & IS_ENCRYPTED) throw lockedFile('an encrypted .doc')
  return {
    format: flags & IS_TEMPLATE ? 'dot' : 'doc',
    flags: { ...unshownInDocument(fib), ...koreanIn(fib) },
  }
}

/** Up to the offset of the list of comments. */
const FIB_BYTES = 194

/** What a document contains but does not show, as far as its header lists it; it does not list tracked changes. */
function unshownInDocument(fib: Buffer): Partial<Flags> {
  const [WORD_97, COMMENTS_BYTES_AT, COMMENT_BYTES, END_BYTES] = [0xc1, 190, 34, 4]
  // Word 95 marks hidden text differently.
  if (fib.length < FIB_BYTES || fib.readUInt16LE(2) < WORD_97)
    return { hiddenText: true, wordsBeside: true, headsOrFeet: true, trackedChanges: undefined }
  const bytes = fib.readUInt32LE(COMMENTS_BYTES_AT)
  // [MS-DOC] 2.8.7, PlcfandRef: a position and 30 bytes for each, and one more position.
  const comments = bytes > END_BYTES ? Math.floor((bytes - END_BYTES) / COMMENT_BYTES) : 0
  // [MS-DOC] 2.5.4, FibRgLw97: the lengths of footnotes, endnotes, text boxes and headers in characters.
  const wordsBeside = [80, 96, 100].some(at => fib.readInt32LE(at) > 0)
  const headsOrFeet = fib.readInt32LE(84) > 0
  return { comments, trackedChanges: undefined, headsOrFeet, ...(wordsBeside && { wordsBeside }) }
}

/** [MS-DOC] 2.5.2 and 2.5.4, lid and lidFE: the languages of the Word that wrote it. */
function koreanIn(fib: Buffer): Partial<Flags> {
  const [KOREAN, PLACES] = [0x0412, [6, 60]]
  return PLACES.some(at => at + 2 <= fib.length && fib.readUInt16LE(at) === KOREAN) ? { asian: 'korean' } : {}
}

async function workbook(compound: Compound, stream: string): Promise<Convertible> {
  const lock = filePassIn(await compound.head(stream, FILE_PASS_WITHIN_BYTES))
  if (lock && !opens(lock, DEFAULT_PASSWORD)) throw lockedFile('an encrypted .xls')
  return { format: 'xls' }
}

/** The FilePass record stands within this many bytes. */
export const FILE_PASS_WITHIN_BYTES = 16 * 1024

/** A locked workbook's FilePass record without its number and length, from the workbook's first bytes. */
export function filePassIn(head: Buffer): Buffer | undefined {
  // [MS-XLS] 2.1.7.20.3: it stands near the beginning, before the list of sheets.
  const [FILE_PASS, BOUND_SHEET, END_OF_FILE] = [0x2f, 0x85, 0x0a]
  for (let at = 0; at + 4 <= head.length; at += 4 + head.readUInt16LE(at + 2)) {
    const record = head.readUInt16LE(at)
    if (record === FILE_PASS) return head.subarray(at + 4, at + 4 + head.readUInt16LE(at + 2))
    if (record === BOUND_SHEET || record === END_OF_FILE) return undefined
  }
  return undefined
}
