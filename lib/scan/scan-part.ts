import { beginsLikeMarkup } from './encoding.ts'
import { type Flags, noteBroken } from './flags.ts'
import { forward } from './forward.ts'
import type { Inspection } from './inspection.ts'
import { Markup } from './markup.ts'
import type { Member } from './member.ts'
import type { PackageLinks } from './package-links.ts'
import { noteName, noterFor } from './part-flags.ts'
import { isPicture, refuseHugePicture } from './picture.ts'
import { scanXml } from './scan-xml.ts'
import type { Source } from './source.ts'
import { gunzipped, headOf, isStored, unpack } from './unpack.ts'
import { stretchOf } from './window.ts'

/** XML that shows something of the document. VML is not included, because Excel does not close all elements in it. */
const SHOWN = /^(?!docProps\/|customXml\/|META-INF\/).*\.(?:xml|rels)$/i
const XML_NAME = /\.(xml|rels|vml|rdf)$/i

/** A part and its package. */
export interface Part {
  member: Member
  source: Source
  /** The links of its Open Packaging file; undefined for all other files, which are treated as OpenDocument. */
  packageLinks: PackageLinks | undefined
  /** Whether the findings go into the report. Refusals always apply. */
  isReported: boolean
}

/**
 * Scans one part by its content and not by its name. True for an archive, which the caller must scan.
 * @throws DamagedPart
 * @throws AppError `xml_entities`, `too_deeply_nested`, `image_too_large`, `expands_too_large`, `unsafe_archive`,
 * `corrupt_file`
 */
export async function scanPart(part: Part, inspection: Inspection, flags: Flags): Promise<boolean> {
  const { member, source } = part
  // A part that is named like XML nearly always is XML, so reading its head first would be wasted.
  const head = XML_NAME.test(member.name) ? undefined : await headOf(source, member)
  noteName(member.name, head, flags)
  const chunks = unpack(source, member)
  if (!head && (await scanXmlPart(chunks, part, { inspection, flags }))) return false
  return scanByHead(part, head ?? (await headOf(source, member)), { inspection, flags })
}

interface Found {
  inspection: Inspection
  flags: Flags
}

async function scanByHead(part: Part, head: Buffer, found: Found): Promise<boolean> {
  const { member, source } = part
  const magic = head.toString('hex', 0, 4)
  if (magic === '504b0304') return true
  if (magic.startsWith('1f8b08')) {
    const chunks = counted(gunzipped(unpack(source, member)), found.inspection)
    await scanXmlPart(chunks, part, found)
  } else if (isPicture(head)) {
    await scanPicture(part, found.inspection)
  } else if (beginsLikeMarkup(head)) {
    await scanXmlPart(unpack(source, member), part, found)
  }
  return false
}

async function scanXmlPart(
  chunks: AsyncIterable<Buffer>,
  part: Part,
  { inspection, flags }: Found,
): Promise<boolean> {
  const { name, size } = part.member
  const note = part.isReported ? noterFor(name, part.packageLinks, flags) : undefined
  const reader = new Markup(size, inspection.limits)
  const isXml = await scanXml(chunks, { reader, inspection, note })
  if (reader.isBroken && SHOWN.test(name)) noteBroken(flags, name)
  return isXml
}

async function scanPicture({ member, source }: Part, { limits }: Inspection): Promise<void> {
  if (isStored(member)) return refuseHugePicture(stretchOf(source, member.start, member.size), limits)
  const picture = forward(unpack(source, member), member.size)
  await refuseHugePicture(picture, limits).finally(() => picture.close())
}

async function* counted(chunks: AsyncIterable<Buffer>, inspection: Inspection): AsyncIterable<Buffer> {
  for await (const chunk of chunks) {
    inspection.expand(chunk.length)
    yield chunk
  }
}
