/** The look through a file that is no package: one markup or one picture from end to end. */
import type { Look } from './contents.ts'
import { FieldFinder, withFieldWords } from './fields.ts'
import type { Flags } from './flags.ts'
import { LinkFinder } from './links.ts'
import { Markup } from './markup.ts'
import { refuseHugePicture } from './picture.ts'
import type { Source } from './source.ts'
import { WebPage } from './web-page.ts'
import { inOrder } from './window.ts'
import { lookThroughXml } from './xml-text.ts'
import { XmlWorkbook } from './xml-workbook.ts'

const STEP_BYTES = 256 * 1024
const WITH_PIXELS = ['png', 'jpg', 'gif', 'bmp', 'tiff', 'webp']
const FIELDS = ['rtf', 'doc', 'dot']
const XML = ['svg', 'fodt', 'fods', 'fodp', 'fodg', 'spreadsheetml', 'wordml']
const PAGES = ['html', 'html-table']

/** @throws AppError `xml_entities`, `too_deeply_nested`, `image_too_large`, `corrupt_file` */
export async function lookThrough(source: Source, format: string, look: Look): Promise<void> {
  const { inspection, flags } = look
  const { limits } = inspection
  if (WITH_PIXELS.includes(format)) return refuseHugePicture(inOrder(source), limits)
  if (FIELDS.includes(format)) return findFields(source, look)
  const isPage = PAGES.includes(format)
  if (!XML.includes(format) && !isPage) return
  const reader = isPage ? new WebPage(limits) : new Markup(source.size, limits)
  const finders = findersFor(format, flags)
  const note = (chunk: Buffer) => {
    const piece = chunk.toString('latin1')
    for (const finder of finders) finder.read(piece)
  }
  await lookThroughXml(chunksOf(source), { reader, inspection, note })
}

function findersFor(format: string, flags: Flags): { read(piece: string): void }[] {
  if (format === 'spreadsheetml') return [new XmlWorkbook(flags)]
  const links = new LinkFinder(flags, { isPage: PAGES.includes(format) })
  return [links, new FieldFinder(flags, format === 'wordml' ? 'word' : 'openDocument')]
}

/** Bytes of old documents, as they lie in the file: cheap, and right but for a field that lies across two pieces of it. */
async function findFields(source: Source, { inspection, flags }: Look): Promise<void> {
  const fields = new FieldFinder(flags, 'old')
  for await (const chunk of chunksOf(source)) {
    fields.read(withFieldWords(chunk.toString('latin1')))
    await inspection.breathe(chunk.length)
  }
}

async function* chunksOf(source: Source): AsyncIterable<Buffer> {
  for (let at = 0; at < source.size; at += STEP_BYTES) {
    yield await source.read(at, Math.min(at + STEP_BYTES, source.size))
  }
}
