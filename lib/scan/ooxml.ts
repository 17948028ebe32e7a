import { posix } from 'node:path'
import { corrupt, type Finding, passwordNoUse } from './finding.ts'
import { otherKind } from './other-kinds.ts'
import { type Tag, tagsOf } from './xml.ts'
import { type Archive, MAX_LIST_BYTES } from './zip.ts'

/** The root's relationships are a handful of lines. */
const MAX_RELATIONS_BYTES = 256 * 1024

const MAIN_PARTS: Record<string, string> = {
  'openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'openxmlformats-officedocument.presentationml.slideshow': 'ppsx',
  'openxmlformats-officedocument.presentationml.template': 'potx',
  'ms-powerpoint.presentation.macroenabled': 'pptm',
  'ms-powerpoint.slideshow.macroenabled': 'ppsm',
  'ms-powerpoint.template.macroenabled': 'potm',
  'openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'openxmlformats-officedocument.wordprocessingml.template': 'dotx',
  'ms-word.document.macroenabled': 'docm',
  'ms-word.template.macroenabledtemplate': 'dotm',
  'openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'openxmlformats-officedocument.spreadsheetml.template': 'xltx',
  'ms-excel.sheet.macroenabled': 'xlsm',
  'ms-excel.template.macroenabled': 'xltm',
  'ms-excel.sheet.binary.macroenabled': 'xlsb',
  'ms-visio.drawing': 'vsdx',
}

/** The relationship types of the main part; Visio has a different one. */
const MAIN = /\/officeDocument$|\/visio\/2010\/relationships\/document$/

/**
 * Detects an Open Packaging file the way Office does: the root's relationships name the main part, and its content type
 * names the format. Undefined for any other package.
 * @throws AppError `password_unsupported`, `corrupt_file`
 */
export async function detectOoxml(archive: Archive): Promise<Finding | undefined> {
  if (!archive.has('[Content_Types].xml')) return undefined
  if (archive.encrypted) throw passwordNoUse('parts, as ZIP programs lock them')
  const relations = await relationsOf(archive)
  const main = relations.find(({ attributes }) => MAIN.test(attributes.Type ?? ''))
  if (!main) return otherPackage(relations)
  const part = partName(main.attributes.Target ?? '')
  if (!archive.has(part)) throw corrupt(`its main part “${part}” is missing`)
  const type = typeOf(part, await archive.text('[Content_Types].xml', MAX_LIST_BYTES))
  const kind = /^application\/vnd\.(.+?)\.main\+?/.exec(type)?.[1] ?? ''
  const format = MAIN_PARTS[kind]
  if (format) return { format, main: part }
  return otherKind(/\.addin\.macroenabled$/.test(kind) ? 'addIn' : 'rareOffice')
}

async function relationsOf(archive: Archive): Promise<Tag[]> {
  if (!archive.has('_rels/.rels')) throw corrupt('it does not say which of its parts is the main one')
  const tags = [...tagsOf(await archive.text('_rels/.rels', MAX_RELATIONS_BYTES))]
  return tags.filter(({ name }) => name === 'Relationship')
}

function otherPackage(relations: Tag[]): Finding {
  const types = relations.map(({ attributes }) => attributes.Type ?? '')
  if (types.some(type => type.endsWith('/fixedrepresentation'))) return otherKind('xps')
  if (types.length > 0) return otherKind('package')
  throw corrupt('it does not say which of its parts is the main one')
}

/** Converts a relationship's target to the name of an entry: without a leading slash, `./` or percent encoding. */
function partName(target: string): string {
  let plain = target
  try {
    plain = decodeURI(target)
  } catch {
    // An invalid percent sign is taken literally.
  }
  return posix.normalize(`/${plain}`).slice(1)
}

function typeOf(part: string, contentTypes: string): string {
  const name = `/${part.toLowerCase()}`
  const extension = posix.extname(name).slice(1)
  let byExtension = ''
  // Tag by tag: as an array, the longest list of a hostile file would take hundreds of megabytes.
  for (const { attributes } of tagsOf(contentTypes)) {
    const type = attributes.ContentType?.toLowerCase() ?? ''
    if (attributes.PartName?.toLowerCase() === name) return type
    if (attributes.Extension?.toLowerCase() === extension) byExtension = type
  }
  return byExtension
}
