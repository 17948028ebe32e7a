/** The look at a source before it is taken: what is it really, and can anybody open it? */
import { AppError } from './errors.ts'
import { claimedFormat, SOURCES } from './formats.ts'
import { lookAtBinary } from './scan/binary.ts'
import { isText } from './scan/decode.ts'
import { corrupt, type Finding } from './scan/finding.ts'
import { lookAtLegacy } from './scan/legacy.ts'
import { lookAtOdf } from './scan/odf.ts'
import { lookAtOoxml } from './scan/ooxml.ts'
import { carefully, type Source } from './scan/source.ts'
import { lookAtText } from './scan/text.ts'
import { openArchive } from './scan/zip.ts'

export { type Source, sourceOf } from './scan/source.ts'

const HEAD_BYTES = 64 * 1024
const ZIP = Buffer.from('PK\x03\x04')
const EMPTY_ZIP = Buffer.from('PK\x05\x06')
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/**
 * Tells a source's format by its content, and refuses what nobody could convert. It reads a few ranges, never the
 * whole, whatever the size.
 * @throws AppError `empty_file`, `type_mismatch`, `unsupported_format`, `corrupt_file`, `password_required`,
 * `unsafe_archive`, `too_many_entries`; the source's own errors
 */
export async function scan(source: Source, fileName: string): Promise<{ format: string }> {
  if (source.size === 0) throw new AppError('empty_file')
  const claimed = claimedFormat(fileName)
  const finding = await lookAt(carefully(source), claimed)
  if ('other' in finding) throw refusal(finding.other, fileName)
  const found = SOURCES.get(finding.format)
  if (!found) throw refusal(`a .${finding.format} file`, fileName)
  // Another extension of the same family harms nobody: the engine goes by the content, and so do we.
  if (claimed && SOURCES.get(claimed)?.family !== found.family) throw refusal(found.name, fileName)
  return { format: byName(finding.format, claimed) }
}

async function lookAt(source: Source, claimed: string | undefined): Promise<Finding> {
  const head = await source.read(0, HEAD_BYTES)
  if (startsWith(head, ZIP) || startsWith(head, EMPTY_ZIP)) return lookAtZip(source)
  if (startsWith(head, COMPOUND)) return lookAtLegacy(source)
  const start = head.toString('latin1', 0, 1024).trimStart()
  // Before texts, since both may look like one; RTF may hold raw bytes, and then it does not.
  if (start.startsWith('{\\rtf')) return { format: 'rtf' }
  if (start.startsWith('%PDF-')) return { other: 'a PDF document' }
  // Texts before signatures: a table whose first column is “BMI” begins like a BMP picture.
  if (isText(head)) return lookAtText(head, claimed)
  return (await lookAtBinary(head)) ?? unknownKind(claimed)
}

async function lookAtZip(source: Source): Promise<Finding> {
  const archive = await openArchive(source)
  return (await lookAtOoxml(archive)) ?? (await lookAtOdf(archive)) ?? { other: 'a ZIP archive' }
}

/** Some formats differ by nothing but the name, such as a presentation and a show of PowerPoint 97. */
function byName(found: string, claimed: string | undefined): string {
  return found === 'ppt' && (claimed === 'pps' || claimed === 'pot') ? claimed : found
}

function unknownKind(claimed: string | undefined): Finding {
  const name = claimed && SOURCES.get(claimed)?.name
  if (name) throw corrupt(`nothing in it looks like ${name}`)
  return { other: 'an unknown kind' }
}

function refusal(found: string, fileName: string): AppError {
  const claimed = claimedFormat(fileName)
  const name = claimed && SOURCES.get(claimed)?.name
  if (!name) return new AppError('unsupported_format', { details: { found } })
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase()
  return new AppError('type_mismatch', { details: { claimed: name, found, extension } })
}

function startsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic)
}
