/** The look at every part of a package, one after the other and never unpacked to disk. */
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

/** A packed archive inside another is looked into in memory; a larger one is counted by what it claims. */
const IN_MEMORY_BYTES = 32 * 1024 * 1024
/** What a part costs besides its bytes. */
const PART_COST_BYTES = 20_000

export interface Scan {
  inspection: Inspection
  flags: Flags
  /** The name of the part without which nothing can be read. */
  main?: string | undefined
  /** In how many archives this one lies. */
  depth?: number
}

/**
 * Looks through all parts of a package and of the archives in it.
 * @throws AppError `expands_too_large`, `compression_ratio`, `unsafe_archive`, `too_many_entries`, `xml_entities`,
 * `too_deeply_nested`, `image_too_large`, `corrupt_file`
 */
export async function scanPackage(archive: Archive, source: Source, scan: Scan): Promise<void> {
  scan.inspection.enterArchive(scan.depth ?? 0, archive.entries.length)
  refuseBomb(archive, scan.inspection)
  const inside = inOrder(source)
  // What lies deeper is shown by its picture; a person is told of the document in hand.
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

/** By what the table of contents claims; whatever is unpacked is held to its claim. */
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

/** Looks into an archive that lies in this one: a workbook behind a chart, or a trap. */
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
    // A broken one is not opened; the document around it is.
    if (!(error instanceof AppError && error.code === 'corrupt_file')) throw error
  }
}

async function innerSource(member: Member, source: Source): Promise<Source | undefined> {
  if (member.size <= IN_MEMORY_BYTES) return sourceOfBuffer(await allOf(unpack(source, member)))
  return isStored(member) ? stretchOf(source, member.start, member.size) : undefined
}

/** The engine goes on without a part that is damaged, unless it is the one that holds the document. */
function noteDamage(error: unknown, { name }: Member, { main, flags }: Scan): void {
  if (!(error instanceof DamagedPart)) throw error
  if (name.toLowerCase() === main?.toLowerCase())
    throw corrupt(`its part “${name}” cannot be unpacked`, error)
  flags.damagedParts++
}
