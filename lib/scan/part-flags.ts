import { asianTextNoter } from './asian-text.ts'
import { openCellChangesNoter, revisionsNoter } from './cell-changes.ts'
import { FieldFinder } from './field-finder.ts'
import type { Flags } from './flags.ts'
import { openDocumentLanguage, workbookLanguage } from './language.ts'
import { LinkFinder } from './link-finder.ts'
import { notDrawnNoters } from './not-drawn.ts'
import type { PackageLinks } from './package-links.ts'
import { fallbacksNoter, insertedFilesNoter, keptFieldsNoter } from './passed-over.ts'
import { tiedPagesNoter } from './tied-pages.ts'
import { type MarkedMarkup, UnshownFinder, unshownIn } from './unshown-finder.ts'
import { backgroundNoter } from './visio-backgrounds.ts'
import { wordsBesideNoter } from './words-beside-finder.ts'

const COMPOUND = 'd0cf11e0'
const MACROS = /(^|\/)vbaProject\.bin$|^Basic\/[^/]+\/(?!script-lb\.xml$)[^/]+\.xml$|^Scripts\/.*[^/]$/i
const MEDIA = /\.(mp4|m4v|mov|avi|wmv|asf|mpe?g|mkv|webm|ogv|mp3|m4a|wav|wma|ogg|opus|flac|aac|aiff?|midi?)$/i
/** An OpenDocument object is a folder with its own document. */
const OPEN_DOCUMENT_OBJECT = /(^|\/)Object [^/]*\/content\.xml$/
const SLIDE = /^ppt\/slides\/[^/]+\.xml$/i
/** The parts that may show pictures. Sheets do not; their pictures are in drawings. */
const MAY_SHOW_PICTURES = /^(?:word|ppt)\/|^xl\/(?:drawings|diagrams|charts)\//i
const HIDDEN = /<(?:\w+:)?sld\s(?:[^>]*\s)?show\s*=\s*["'](?:0|false)["']/
/** Binary sheets, whose rows, columns and formulas are not read. */
const BINARY_SHEET = /^xl\/worksheets\/[^/]+\.bin$/i
const VISIO_PAGES = /^visio\/pages\/pages\.xml$/i
const REVISIONS = /^xl\/revisions\/revisionLog[^/]*\.xml$/i
const WORKBOOK = /(^|\/)workbook[^/]*\.xml$/i
const RECALCULATE = /<(?:\w+:)?calcPr\s(?:[^>]*\s)?fullCalcOnLoad\s*=\s*["'](?:1|true)["']/
/** Longer than any searched tag, which may lie across two chunks. */
const SEAM_BYTES = 1024

/** Sets the flags that follow from a part's name, and for objects from its first bytes. */
export function noteName(name: string, head: Buffer | undefined, flags: Flags): void {
  if (MACROS.test(name)) flags.macros = true
  if (MEDIA.test(name)) flags.media++
  if (BINARY_SHEET.test(name)) flags.hiddenRows = flags.fileNames = flags.tiedPages = true
  const isCompound = head?.toString('hex', 0, 4) === COMPOUND
  const isEmbedded = /(^|\/)embeddings\/[^/]+$/i.test(name)
  if (OPEN_DOCUMENT_OBJECT.test(name) || (isCompound && (isEmbedded || /^Object /.test(name))))
    flags.oleObjects++
  else if (isEmbedded) flags.embeddedFiles++
}

/** The noter for the markup of a part with this name; undefined where there is nothing to find. */
export function noterFor(name: string, links: PackageLinks | undefined, flags: Flags) {
  const readers = links ? ofOpenPackage(name, links, flags) : ofOpenDocument(name, flags)
  if (readers.length === 0) return undefined
  return (chunk: Buffer) => {
    const piece = chunk.toString('latin1')
    for (const read of readers) read(piece, chunk)
  }
}

/** Receives the same characters as a string and as bytes. */
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
    tiedPagesNoter(flags, 'openDocument'),
  ]
}

function ofOpenPackage(name: string, links: PackageLinks, flags: Flags): Reader[] {
  const readers: Reader[] = notDrawnNoters(name, flags)
  if (name.endsWith('.rels'))
    return [...readers, links.relationships(name), tiedPagesNoter(flags, 'relationships')]
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
  if (/^xl\/worksheets\//i.test(name))
    readers.push(fieldsOf('sheet', flags), keptFieldsNoter(flags, 'sheet'), tiedPagesNoter(flags, 'sheet'))
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

/** The first tag of a slide holds whether it is shown. */
function hiddenSlideNoter(flags: Flags) {
  let isFirst = true
  return (piece: string) => {
    const begin = isFirst ? piece.slice(0, 4096) : ''
    if (begin.includes('show') && HIDDEN.test(begin)) flags.hiddenSlides++
    isFirst = false
  }
}

/** The calculation settings are near the end of a workbook part. */
function recalculationNoter(flags: Flags) {
  let rest = ''
  return (piece: string) => {
    const text = rest + piece
    if (RECALCULATE.test(text)) flags.recalculate = true
    rest = text.slice(-SEAM_BYTES)
  }
}
