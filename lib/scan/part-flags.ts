import { asianTextNoter } from './asian-text.ts'
import { openCellChangesNoter, revisionsNoter } from './cell-changes.ts'
import { FieldFinder } from './field-finder.ts'
import type { Flags } from './flags.ts'
import { openDocumentLanguage, workbookLanguage } from './language.ts'
import { LinkFinder } from './link-finder.ts'
import { notDrawnNoters } from './not-drawn.ts'
import type { PackageLinks } from './package-links.ts'
import { fallbacksNoter, insertedFilesNoter, keptFieldsNoter } from './passed-over.ts'
import { type MarkedMarkup, UnshownFinder, unshownIn } from './unshown-finder.ts'
import { backgroundNoter } from './visio-backgrounds.ts'
import { wordsBesideNoter } from './words-beside-finder.ts'

const COMPOUND = 'd0cf11e0'
const MACROS = /(^|\/)vbaProject\.bin$|^Basic\/[^/]+\/(?!script-lb\.xml$)[^/]+\.xml$|^Scripts\/.*[^/]$/i
const MEDIA = /\.(mp4|m4v|mov|avi|wmv|asf|mpe?g|mkv|webm|ogv|mp3|m4a|wav|wma|ogg|opus|flac|aac|aiff?|midi?)$/i
/** An object of OpenDocument is a folder with a document of its own. */
const OPEN_DOCUMENT_OBJECT = /(^|\/)Object [^/]*\/content\.xml$/
const SLIDE = /^ppt\/slides\/[^/]+\.xml$/i
/** Sheets are none of them; their pictures lie in drawings. */
const MAY_SHOW_PICTURES = /^(?:word|ppt)\/|^xl\/(?:drawings|diagrams|charts)\//i
const HIDDEN = /<(?:\w+:)?sld\s(?:[^>]*\s)?show\s*=\s*["'](?:0|false)["']/
/** Their rows, columns and formulas are not read. */
const BINARY_SHEET = /^xl\/worksheets\/[^/]+\.bin$/i
const VISIO_PAGES = /^visio\/pages\/pages\.xml$/i
const REVISIONS = /^xl\/revisions\/revisionLog[^/]*\.xml$/i
const WORKBOOK = /(^|\/)workbook[^/]*\.xml$/i
const RECALCULATE = /<(?:\w+:)?calcPr\s(?:[^>]*\s)?fullCalcOnLoad\s*=\s*["'](?:1|true)["']/
/** More than the tag that tells, which may lie across two chunks. */
const SEAM_BYTES = 1024

/** Notes what a part's name tells, and for objects its first bytes. */
export function noteName(name: string, head: Buffer | undefined, flags: Flags): void {
  if (MACROS.test(name)) flags.macros = true
  if (MEDIA.test(name)) flags.media++
  if (BINARY_SHEET.test(name)) flags.hiddenRows = flags.fileNames = true
  const isCompound = head?.toString('hex', 0, 4) === COMPOUND
  const isEmbedded = /(^|\/)embeddings\/[^/]+$/i.test(name)
  if (OPEN_DOCUMENT_OBJECT.test(name) || (isCompound && (isEmbedded || /^Object /.test(name))))
    flags.oleObjects++
  else if (isEmbedded) flags.embeddedFiles++
}

/** What to look for in a markup by this name while its bytes go by; nothing where there is nothing to find. */
export function noterFor(name: string, links: PackageLinks | undefined, flags: Flags) {
  const readers = links ? ofOpenPackage(name, links, flags) : ofOpenDocument(name, flags)
  if (readers.length === 0) return undefined
  return (chunk: Buffer) => {
    const piece = chunk.toString('latin1')
    for (const read of readers) read(piece, chunk)
  }
}

/** Gets the letters as a text and as the bytes that they are. */
type Reader = (piece: string, letters: Buffer) => void

function ofOpenDocument(name: string, flags: Flags): Reader[] {
  if (name.startsWith('META-INF/')) return []
  const links = new LinkFinder(flags, { isPackage: true })
  return [
    piece => links.read(piece),
    fieldsOf('openDocument', flags),
    openDocumentLanguage(flags),
    unshownOf('openDocument', flags),
    openCellChangesNoter(flags),
    wordsBesideNoter(flags, 'openDocument'),
  ]
}

function ofOpenPackage(name: string, links: PackageLinks, flags: Flags): Reader[] {
  const readers: Reader[] = notDrawnNoters(name, flags)
  if (name.endsWith('.rels')) return [...readers, links.relationships(name)]
  if (WORKBOOK.test(name)) return [recalculationNoter(flags)]
  if (REVISIONS.test(name)) return [revisionsNoter(flags)]
  if (VISIO_PAGES.test(name)) return [backgroundNoter(flags)]
  const language = workbookLanguage(name, flags)
  if (language) return [language]
  if (SLIDE.test(name)) readers.push(hiddenSlideNoter(flags), fallbacksNoter(flags))
  if (MAY_SHOW_PICTURES.test(name)) readers.push(links.pictures(name))
  const asian = asianTextNoter(name, flags)
  if (asian) readers.push(asian)
  const unshown = unshownIn(name)
  if (unshown) readers.push(unshownOf(unshown, flags))
  if (/^word\//i.test(name))
    readers.push(
      fieldsOf('word', flags),
      keptFieldsNoter(flags, 'word'),
      insertedFilesNoter(flags),
      wordsBesideNoter(flags, 'word'),
    )
  if (/^xl\/worksheets\//i.test(name)) readers.push(fieldsOf('sheet', flags), keptFieldsNoter(flags, 'sheet'))
  return readers
}

function fieldsOf(kind: 'word' | 'sheet' | 'openDocument', flags: Flags): Reader {
  const fields = new FieldFinder(flags, kind)
  return piece => fields.read(piece)
}

function unshownOf(kind: MarkedMarkup, flags: Flags): Reader {
  const finder = new UnshownFinder(flags, kind)
  return piece => finder.read(piece)
}

/** Whether a slide is shown stands in its first tag. */
function hiddenSlideNoter(flags: Flags) {
  let isFirst = true
  return (piece: string) => {
    const begin = isFirst ? piece.slice(0, 4096) : ''
    if (begin.includes('show') && HIDDEN.test(begin)) flags.hiddenSlides++
    isFirst = false
  }
}

/** How a workbook is to be calculated stands near its end. */
function recalculationNoter(flags: Flags) {
  let rest = ''
  return (piece: string) => {
    const text = rest + piece
    if (RECALCULATE.test(text)) flags.recalculate = true
    rest = text.slice(-SEAM_BYTES)
  }
}
