/** Scans every part of a package, in order and without unpacking it to disk. */
import { AppError } from '#lib/vocabulary/errors.ts'
import { noteDiagrams } from './diagrams.ts'
import { corrupt } from './finding.ts'
import { type Flags, noFlags } from './flags.ts'
import type { Inspection } from './inspection.ts'
import { type Member, membersOf } from './member.ts'
import { PackageLinks } from './package-links.ts'
import { scanPart } from './scan-part.ts'
import { allOf, carefully, type Source, sourceOfBuffer } from './source.ts'
import { DamagedPart, isStored, unpack } from './unpack.ts'
import { inOrder, stretchOf } from './window.ts'
import { type Archive, openArchive } from './zip.ts'

/** A compressed inner archive is scanned in memory; of a larger one only the declared sizes are counted. */
const IN_MEMORY_BYTES = 32 * 1024 * 1024
/** The cost of a part besides its bytes. */
const PART_COST_BYTES = 20_000

export interface Scan {
  inspection: Inspection
  flags: Flags
  /** The name of the part that holds the document itself. */
  main?: string | undefined
  /** In how many archives this one is nested. */
  depth?: number
}

/**
 * Scans all parts of a package and of the archives in it.
 * @throws AppError `expands_too_large`, `compression_ratio`, `unsafe_archive`, `too_many_entries`, `xml_entities`,
 * `too_deeply_nested`, `image_too_large`, `corrupt_file`
 */
export async function scanPackage(archive: Archive, source: Source, scan: Scan): Promise<void> {
  scan.inspection.enterArchive(scan.depth ?? 0, archive.entries.length)
  refuseBomb(archive, scan.inspection)
  const inside = inOrder(source)
  // Embedded documents are shown as pictures; the report covers only the outer document.
  const isReported = (scan.depth ?? 0) === 0
  const packageLinks = archive.has('[Content_Types].xml') ? new PackageLinks(scan.flags) : undefined
  for await (const member of membersOf(archive, inside)) {
    await scan.inspection.breathe(PART_COST_BYTES)
    if (member.sizesFollow && isStored(member)) scan.flags.sizesFollow = true
    if (member.encrypted || member.name.endsWith('/')) continue
    try {
      const part = { member, source: inside, packageLinks, isReported }
      if (await scanPart(part, scan.inspection, scan.flags)) await scanInnerArchive(member, source, scan)
    } catch (error) {
      noteDamage(error, member, scan)
    }
  }
  packageLinks?.end()
  if (packageLinks) noteDiagrams(archive, scan.flags)
}

/** Checks the sizes in the table of contents; unpacking enforces them later. */
function refuseBomb(archive: Archive, inspection: Inspection): void {
  const all = { packed: 0, size: 0 }
  for (const { packed, size } of archive.entries) {
    all.packed += packed
    all.size += size
  }
  inspection.expand(Math.max(0, all.size - all.packed))
  const { ratioFromBytes, ratio: limit } = inspection.limits
  for (const { packed, size } of [...archive.entries, all]) {
    const ratio = Math.round(size / Math.max(packed, 1))
    if (size <= ratioFromBytes || ratio <= limit) continue
    throw new AppError('compression_ratio', { details: { ratio, limit } })
  }
}

/** Scans an archive inside this one: a chart's workbook, or an attack. */
async function scanInnerArchive(
  member: Member,
  source: Source,
  { inspection, depth = 0 }: Scan,
): Promise<void> {
  const inner = await innerSource(member, source)
  if (!inner) return
  try {
    const archive = await openArchive(carefully(inner), inspection.limits)
    await scanPackage(archive, inner, { inspection, flags: noFlags(), depth: depth + 1 })
  } catch (error) {
    // The engine does not open a broken inner archive, but it opens the document around it.
    if (!(error instanceof AppError && error.code === 'corrupt_file')) throw error
  }
}

async function innerSource(member: Member, source: Source): Promise<Source | undefined> {
  if (member.size <= IN_MEMORY_BYTES) return sourceOfBuffer(await allOf(unpack(source, member)))
  return isStored(member) ? stretchOf(source, member.start, member.size) : undefined
}

/** The engine skips a damaged part, unless it is the one that holds the document. */
function noteDamage(error: unknown, { name }: Member, { main, flags }: Scan): void {
  if (!(error instanceof DamagedPart)) throw error
  if (name.toLowerCase() === main?.toLowerCase())
    throw corrupt(`its part “${name}” cannot be unpacked`, error)
  flags.damagedParts++
}
