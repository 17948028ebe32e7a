import { type Finding, passwordNoUse } from './finding.ts'
import { otherKind } from './other-kinds.ts'
import { rootOf } from './xml.ts'
import type { Archive, ZipEntry } from './zip.ts'

const ROOT_CHARACTERS = 4096
/** Up to 2009 there is one XML, and its root names the program. */
const NAMESPACES: readonly (readonly [string, string])[] = [
  ['http://developer.apple.com/namespaces/keynote2', 'key'],
  ['http://developer.apple.com/namespaces/ls', 'numbers'],
  ['http://developer.apple.com/namespaces/sl', 'pages'],
]
const SINCE_2013 = /(^|\/)Index(\.zip$|\/[^/]+\.iwa$)/i
const SLIDE = /(^|\/)Index\/(Master|Template)?Slide(-\d+)?\.iwa$/i
/** The compression methods of locked parts, up to 2009. */
const LOCKED_METHODS = [0x636b, 0x636c]
const CLAIMS = ['key', 'numbers', 'pages']

/**
 * Detects a package of Pages, Numbers or Keynote; undefined for any other. Since 2013 only deep content distinguishes
 * Pages from Numbers, so there the name decides.
 * @throws AppError `password_unsupported`, `corrupt_file`
 */
export async function detectIwork(
  archive: Archive,
  claimed: string | undefined,
): Promise<Finding | undefined> {
  const names = archive.entries.map(({ name }) => name)
  if (archive.entries.some(isLocked)) throw passwordNoUse('documents of Pages, Numbers and Keynote')
  if (archive.has('index.apxl')) return { format: 'key', main: 'index.apxl' }
  if (archive.has('index.xml')) return ofOneXml(archive)
  if (!names.some(name => SINCE_2013.test(name))) return undefined
  if (names.some(name => SLIDE.test(name))) return { format: 'key' }
  return claimed && CLAIMS.includes(claimed) ? { format: claimed } : otherKind('iwork')
}

async function ofOneXml(archive: Archive): Promise<Finding | undefined> {
  const root = rootOf(await archive.beginning('index.xml', ROOT_CHARACTERS))
  const spaces = Object.values(root?.attributes ?? {})
  const format = NAMESPACES.find(([space]) => spaces.includes(space))?.[1]
  return format === undefined ? undefined : { format, main: 'index.xml' }
}

/** Since 2013 one part holds the password verifier. */
function isLocked({ name, method }: ZipEntry): boolean {
  return LOCKED_METHODS.includes(method) || /(^|\/)\.iwpv2?$/.test(name)
}
