/** Which results can be merged, and the order that the user gives them. Pure. */
import { claimedFormat, targetsOf, withoutExtension } from '#lib/vocabulary/formats.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import type { Texts } from '../messages/texts.ts'
import { isolated } from './format.ts'
import { hasResult } from './kept-files-text.ts'
import type { Rows } from './rows.ts'

/** Further sources of a merge are only counted. */
const NAMED_SOURCES = 3

/** A result that becomes a part of the merged PDF. */
export interface MergePart {
  jobId: string
  /** Of the result. */
  fileName: string
}

export interface Mergeable {
  /** The results that are PDFs or can become one, in the order of their rows. */
  parts: MergePart[]
  /** How many would be parts but for a password or because they forbid changes. */
  barred: number
}

/** What of these rows can be merged. `now` is in milliseconds since 1970. */
export function mergeable(rows: Rows, now: number): Mergeable {
  const jobs = rows.flatMap(row => (row.kind === 'job' ? [row.job] : []))
  const results = jobs.filter(job => hasResult(job, now) && isPdfOrBecomesOne(job.result?.fileName ?? ''))
  const open = results.filter(job => !isBarred(job))
  return {
    parts: open.map(({ id, result }) => ({ jobId: id, fileName: result?.fileName ?? '' })),
    barred: results.length - open.length,
  }
}

function isPdfOrBecomesOne(fileName: string): boolean {
  const format = claimedFormat(fileName)
  return format === 'pdf' || (format !== undefined && targetsOf(format).includes('pdf'))
}

/** A PDF that forbids changes forbids also to be put together with others. */
function isBarred({ result, options }: Snapshot): boolean {
  return result?.locked === true || options.changes === false
}

/** The same parts with this one at another place, counted from 0; beyond the ends nothing changes. */
export function moved(parts: readonly MergePart[], jobId: string, to: number): readonly MergePart[] {
  const part = parts.find(part => part.jobId === jobId)
  if (!part || to < 0 || to >= parts.length) return parts
  return parts.filter(other => other !== part).toSpliced(to, 0, part)
}

/** The name of a merged PDF as the user entered it, always with its extension. */
export function mergedFileName(entered: string): string {
  const name = entered.trim()
  return name.toLowerCase().endsWith('.pdf') ? `${withoutExtension(name)}.pdf` : `${name}.pdf`
}

/** `A.pdf, B.pdf and 3 more`: what a job merges; null for a single source. */
export function sourceNames({ sources }: Snapshot, { t }: Texts): string | null {
  if (!sources) return null
  const names = sources.slice(0, NAMED_SOURCES).map(({ fileName }) => isolated(fileName))
  const left = sources.length - names.length
  const told = names.join(t('page.comma'))
  return left > 0 ? t('row.namesAndMore', { names: told, n: left }) : told
}
