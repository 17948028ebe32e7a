import { corrupt, type Finding, lockedFile, passwordNoUse } from './finding.ts'
import { otherKind } from './other-kinds.ts'
import { tagsOf } from './xml.ts'
import { type Archive, MAX_LIST_BYTES } from './zip.ts'

const PREFIX = 'application/vnd.oasis.opendocument.'
const MANIFEST = 'META-INF/manifest.xml'
const MAIN_PART = 'content.xml'

const FORMATS: Record<string, string> = {
  text: 'odt',
  'text-template': 'ott',
  spreadsheet: 'ods',
  'spreadsheet-template': 'ots',
  presentation: 'odp',
  'presentation-template': 'otp',
  graphics: 'odg',
  'graphics-template': 'otg',
}
const OPEN_OFFICE_1 = 'application/vnd.sun.xml.'
const OPEN_OFFICE_1_FORMATS: Record<string, string> = {
  writer: 'sxw',
  calc: 'sxc',
  impress: 'sxi',
  draw: 'sxd',
}
const FLAT_FORMATS: Record<string, string> = {
  text: 'fodt',
  spreadsheet: 'fods',
  presentation: 'fodp',
  graphics: 'fodg',
}

/** Detects a flat OpenDocument file by the media type at its root; undefined for any other. */
export function flatOdf(mediaType: string): Finding | undefined {
  return byMediaType(mediaType, FLAT_FORMATS)
}

/**
 * Detects an OpenDocument package by its `mimetype` entry or else by its manifest; undefined for any other.
 * @throws AppError `password_required`, `password_unsupported`, `corrupt_file`
 */
export async function detectOdf(archive: Archive): Promise<Finding | undefined> {
  if (!archive.has('mimetype') && !archive.has(MANIFEST)) return undefined
  if (archive.encrypted) throw passwordNoUse('parts, as ZIP programs lock them')
  const manifest = archive.has(MANIFEST)
    ? readManifest(await archive.text(MANIFEST, MAX_LIST_BYTES))
    : undefined
  const mediaType = archive.has('mimetype')
    ? (await archive.text('mimetype', MAX_LIST_BYTES)).trim()
    : manifest?.mediaType
  const finding = byMediaType(mediaType ?? '', FORMATS)
  if (finding && manifest?.isLocked) throw lockedFile('the manifest says that the content is encrypted')
  if (!finding || !('format' in finding)) return finding
  if (!archive.has(MAIN_PART)) throw corrupt(`its part “${MAIN_PART}” is missing`)
  return { ...finding, main: MAIN_PART }
}

function byMediaType(mediaType: string, formats: Record<string, string>): Finding | undefined {
  if (mediaType === 'application/epub+zip') return otherKind('epub')
  if (mediaType.startsWith(OPEN_OFFICE_1)) return openOffice1(mediaType.slice(OPEN_OFFICE_1.length))
  if (!mediaType.startsWith(PREFIX)) return undefined
  const format = formats[mediaType.slice(PREFIX.length)]
  return format ? { format } : otherKind('rareOpenDocument')
}

/** Templates are opened as the documents that they create. */
function openOffice1(kind: string): Finding {
  const format = OPEN_OFFICE_1_FORMATS[kind.replace(/\.template$/, '')]
  return format ? { format } : otherKind('openOffice1')
}

function readManifest(xml: string): { mediaType: string; isLocked: boolean } {
  let [mediaType, path, isLocked] = ['', '', false]
  for (const { name, attributes } of tagsOf(xml)) {
    if (name === 'file-entry') path = attributes['full-path'] ?? ''
    if (name === 'file-entry' && path === '/') mediaType = attributes['media-type'] ?? ''
    // A locked macro library alone is encrypted as well, and the document stays readable.
    if (name === 'encryption-data' && /^(content\.xml|encrypted-package)$/.test(path)) isLocked = true
  }
  return { mediaType, isLocked }
}
