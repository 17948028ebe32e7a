import { claimedFormat, SOURCES } from '../vocabulary/formats.ts'
import { detectBinary } from './binary.ts'
import { isText } from './decode-text.ts'
import { corrupt, type Finding } from './finding.ts'
import { detectIwork } from './iwork.ts'
import { detectLegacy } from './legacy.ts'
import { detectOdf } from './odf.ts'
import { detectOldFormat } from './old-formats.ts'
import { detectOoxml } from './ooxml.ts'
import { otherKind } from './other-kinds.ts'
import type { ScanLimits } from './scan-limits.ts'
import type { Source } from './source.ts'
import { detectText } from './text.ts'
import { type Archive, openArchive } from './zip.ts'

const HEAD_BYTES = 64 * 1024
const ZIP = Buffer.from('PK\x03\x04')
const EMPTY_ZIP = Buffer.from('PK\x05\x06')
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/** The detected format, and the table of contents of an archive. */
export interface Detected {
  finding: Finding
  archive?: Archive
}

/**
 * Detects a source's format by its content; the name decides only where the content leaves a choice. Reads the first
 * 64 KiB and, of archives and compound files, the directory.
 * @throws AppError `corrupt_file` and the refusals of a broken archive
 */
export async function detectFormat(source: Source, fileName: string, limits: ScanLimits): Promise<Detected> {
  const head = await source.read(0, HEAD_BYTES)
  if (startsWith(head, ZIP) || startsWith(head, EMPTY_ZIP)) return detectZip(source, fileName, limits)
  if (startsWith(head, COMPOUND)) return { finding: await detectLegacy(source) }
  return { finding: await detectBytes(head, fileName) }
}

async function detectBytes(head: Buffer, fileName: string): Promise<Finding> {
  const claimed = claimedFormat(fileName)
  const start = head.toString('latin1', 0, 1024).trimStart()
  // RTF comes before texts, because it looks like one but may hold raw bytes.
  if (start.startsWith('{\\rtf')) return { format: 'rtf' }
  if (start.startsWith('%PDF-')) return { format: 'pdf' }
  // Texts come before signatures: a table whose first column is “BMI” begins like a BMP picture.
  if (isText(head)) return detectText(head, claimed)
  return detectOldFormat(head, fileName) ?? (await detectBinary(head)) ?? unknownKind(claimed)
}

async function detectZip(source: Source, fileName: string, limits: ScanLimits): Promise<Detected> {
  const archive = await openArchive(source, limits)
  const finding =
    (await detectOoxml(archive)) ??
    (await detectOdf(archive)) ??
    (await detectIwork(archive, claimedFormat(fileName))) ??
    otherKind('zip')
  return { finding, archive }
}

function unknownKind(claimed: string | undefined): Finding {
  const name = claimed && SOURCES.get(claimed)?.name
  if (name) throw corrupt(`nothing in it looks like ${name}`)
  return otherKind('unknown')
}

function startsWith(head: Buffer, magic: Buffer): boolean {
  return head.subarray(0, magic.length).equals(magic)
}
