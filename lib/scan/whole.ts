/** The look through a file that is no package: one markup or one picture from end to end. */
import type { Look } from './contents.ts'
import { LinkFinder } from './links.ts'
import { Markup } from './markup.ts'
import { refuseHugePicture } from './picture.ts'
import type { Source } from './source.ts'
import { WebPage } from './web-page.ts'
import { inOrder } from './window.ts'
import { lookThroughXml } from './xml-text.ts'

const STEP_BYTES = 256 * 1024
const PICTURES = ['png', 'jpg', 'gif', 'bmp', 'tiff', 'webp']
const XML = ['svg', 'fodt', 'fods', 'fodp', 'fodg']

/** @throws AppError `xml_entities`, `too_deeply_nested`, `image_too_large`, `corrupt_file` */
export async function lookThrough(
  source: Source,
  format: string,
  { inspection, flags }: Look,
): Promise<void> {
  const { limits } = inspection
  if (PICTURES.includes(format)) return refuseHugePicture(inOrder(source), limits)
  if (!XML.includes(format) && format !== 'html') return
  const reader = format === 'html' ? new WebPage(limits) : new Markup(source.size, limits)
  const links = new LinkFinder(flags)
  await lookThroughXml(chunksOf(source), { reader, inspection, note: chunk => links.push(chunk) })
}

async function* chunksOf(source: Source): AsyncIterable<Buffer> {
  for (let at = 0; at < source.size; at += STEP_BYTES) {
    yield await source.read(at, Math.min(at + STEP_BYTES, source.size))
  }
}
