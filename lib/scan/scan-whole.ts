/** Scans a file that is not a package: one markup or one picture. */
import { note } from '../vocabulary/notes.ts'
import { koreanRtfNoter } from './asian-text.ts'
import { openCellChangesNoter } from './cell-changes.ts'
import { FieldFinder, withFieldNames } from './field-finder.ts'
import { addNote, type Flags } from './flags.ts'
import { framesOf } from './frames.ts'
import { openDocumentLanguage } from './language.ts'
import { LinkFinder } from './link-finder.ts'
import { Markup } from './markup.ts'
import { oldEquationsNoter } from './not-drawn.ts'
import { keptFieldsNoter } from './passed-over.ts'
import { refuseHugePicture } from './picture.ts'
import type { Scan } from './scan-package.ts'
import { scanXml } from './scan-xml.ts'
import { chunksOf, type Source } from './source.ts'
import { tiedPagesNoter } from './tied-pages.ts'
import { UnshownFinder } from './unshown-finder.ts'
import { WebPage } from './web-page.ts'
import { inOrder } from './window.ts'
import { wordsBesideNoter } from './words-beside-finder.ts'
import { XmlWorkbook } from './xml-workbook.ts'

const WITH_PIXELS = ['png', 'jpg', 'gif', 'bmp', 'tiff', 'webp']
const FIELDS = ['rtf', 'doc', 'dot']
const XML = ['svg', 'fodt', 'fods', 'fodp', 'fodg', 'spreadsheetml', 'wordml']
const PAGES = ['html', 'html-table']

/**
 * Scans a file that is not a package.
 * @throws AppError `xml_entities`, `too_deeply_nested`, `image_too_large`, `corrupt_file`
 */
export async function scanWhole(source: Source, format: string, scan: Scan): Promise<void> {
  const { inspection, flags } = scan
  const { limits } = inspection
  if (WITH_PIXELS.includes(format)) return scanPicture(source, scan)
  if (FIELDS.includes(format)) return findFields(source, format === 'rtf' ? 'rtf' : 'doc', scan)
  const isPage = PAGES.includes(format)
  if (!XML.includes(format) && !isPage) return
  const reader = isPage ? new WebPage(limits) : new Markup(source.size, limits)
  const readers = readersFor(format, flags)
  const noteChunk = (chunk: Buffer) => {
    const piece = chunk.toString('latin1')
    for (const read of readers) read(piece)
  }
  await scanXml(chunksOf(source), { reader, inspection, note: noteChunk, isMarkup: isPage })
}

async function scanPicture(source: Source, { inspection, flags }: Scan): Promise<void> {
  await refuseHugePicture(inOrder(source), inspection.limits)
  const frames = await framesOf(inOrder(source))
  if (frames > 1) addNote(flags, note('first_frame_shown', { details: { frames } }))
}

function readersFor(format: string, flags: Flags): ((piece: string) => void)[] {
  const finders =
    format === 'spreadsheetml'
      ? [new XmlWorkbook(flags)]
      : [new LinkFinder(flags, { isPage: PAGES.includes(format) }), ...findersIn(format, flags)]
  const kind = PAGES.includes(format) ? 'page' : format === 'wordml' ? 'word' : 'openDocument'
  const beside = wordsBesideNoter(flags, kind)
  const inner = format === 'fods' ? [tiedPagesNoter(flags, 'openDocument')] : []
  const noters = [openDocumentLanguage(flags), beside, openCellChangesNoter(flags), ...inner]
  return [...finders.map(finder => finder.read.bind(finder)), ...noters]
}

function findersIn(format: string, flags: Flags): (FieldFinder | UnshownFinder)[] {
  const markup = format === 'wordml' ? 'word' : 'openDocument'
  return [new FieldFinder(flags, markup), new UnshownFinder(flags, markup)]
}

/** Searches the raw bytes of old documents: cheap, and correct except for a field that is stored in two pieces. */
async function findFields(source: Source, kind: 'rtf' | 'doc', { inspection, flags }: Scan): Promise<void> {
  const fields = new FieldFinder(flags, 'old')
  const unshown = new UnshownFinder(flags, kind)
  const noteWordsBeside = wordsBesideNoter(flags, kind)
  const noteKeptFields = keptFieldsNoter(flags, 'old')
  const noteEquations = oldEquationsNoter(flags)
  const asian = kind === 'rtf' ? koreanRtfNoter(flags) : undefined
  for await (const chunk of chunksOf(source)) {
    const piece = chunk.toString('latin1')
    const words = withFieldNames(piece)
    fields.read(words)
    unshown.read(piece)
    noteKeptFields(words)
    noteEquations(words)
    noteWordsBeside(kind === 'doc' ? words : piece)
    asian?.(piece)
    await inspection.breathe(chunk.length)
  }
}
