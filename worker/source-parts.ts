import { join } from 'node:path'
import type { Attempt, Job, SourcePart } from '#lib/jobs.ts'
import type { ConversionReport } from '#lib/vocabulary/conversion-report.ts'
import { mergeNotes, type Note } from '#lib/vocabulary/notes.ts'
import type { ConversionPart } from './engine.ts'
import { draftReport, type Reporting } from './report.ts'
import { factsFromScan } from './scan-facts.ts'
import { fetchSource, type Transfer } from './transfer.ts'

/** A source of a job that is in the slot. */
export interface FetchedPart {
  stored: SourcePart
  conversion: ConversionPart
}

/** Copies the sources of a merge from storage into a slot. @throws AppError as `fetchSource` */
export async function fetchParts(
  sources: readonly SourcePart[],
  slot: string,
  transfer: Transfer,
): Promise<FetchedPart[]> {
  const parts: FetchedPart[] = []
  for (const stored of sources) {
    const { format, fileName, flags, options } = stored
    const sourcePath = join(slot, `source-${parts.length + 1}.${format}`)
    await fetchSource(stored, sourcePath, transfer)
    const conversion = { ...factsFromScan(format, flags), sourcePath, format, fileName, options }
    parts.push({ stored, conversion })
  }
  return parts
}

/**
 * Begins a report on each part while the engine works. Receives the paths of the parts' PDFs and the engine's notes;
 * resolves to one report on all. Never rejects.
 */
export function draftPartReports(
  { job, signal }: Pick<Attempt, 'job' | 'signal'>,
  parts: readonly FetchedPart[],
  reporting: Reporting,
): (paths: readonly string[], stated: readonly Note[]) => Promise<Omit<ConversionReport, 'seconds'>> {
  const drafts = parts.map(({ stored, conversion: { sourcePath } }) =>
    draftReport({ job: asJob(job, stored), sourcePath, signal }, reporting),
  )
  return async (paths, stated) => {
    const reports = await Promise.all(drafts.map((draft, index) => draft(paths[index] ?? '', [])))
    const notes = [...stated, ...reports.flatMap(report => report.notes)]
    return { engine: reporting.engine.name, notes: mergeNotes(notes) }
  }
}

/** A part as the source of a job of its own. */
export function asJob(job: Job, { format, bytes, sha256, flags, options }: SourcePart): Job {
  return { ...job, source: { format, bytes, sha256 }, flags, options: { ...job.options, ...options } }
}
