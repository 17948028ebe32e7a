import type { ConversionReport } from '#lib/vocabulary/conversion-report.ts'
import { SOURCES } from '#lib/vocabulary/formats.ts'
import type { Deleter } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { duration, size, span } from '../../live/format.ts'
import { describe, targetName, upper } from '../../settings/labels.ts'

/** The details of a job. */
export function Facts({ job, now }: { job: Snapshot; now: number }) {
  const set = describe(job.options)
  const { source, result, receipt, report, attempt, maxAttempts } = job
  const facts: [string, string][] = [
    ['From', from(job)],
    ['Into', upper(targetName(job))],
    ...(set ? [['With', set] as [string, string]] : []),
    ['Given', ago(Date.parse(job.createdAt), now)],
  ]
  if (attempt > 1) facts.push(['Attempts', `${attempt} of ${maxAttempts}`])
  if (report) facts.push(['Converted with', report.engine], ['Took', took(report.seconds)])
  facts.push(['SHA-256 of the source', source.sha256])
  const sha256 = (result ?? receipt?.result)?.sha256
  if (sha256) facts.push(['SHA-256 of the result', sha256])
  if (receipt?.deletedAt) facts.push(['Files deleted', deletedAt(receipt.by, receipt.deletedAt)])
  return (
    <dl className="facts">
      {facts.map(([term, fact]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A merge names all its sources. */
function from({ source: { format, bytes }, sources }: Snapshot): string {
  if (sources) return `${sources.map(({ fileName }) => fileName).join(', ')}: ${size(bytes)}`
  return `${article(SOURCES.get(format)?.name ?? format)}, ${size(bytes)}`
}

/** Capitalizes the article: `a PowerPoint presentation` at the start of a line. */
function article(name: string): string {
  return name.replace(/^an? /, '').replace(/^./, letter => letter.toUpperCase())
}

/** `3.1 s: 1.2 s loading, 1.7 s exporting`. */
function took({ loading, exporting, total }: ConversionReport['seconds']): string {
  const parts = [
    loading !== null && `${duration(loading * 1000)} loading`,
    exporting !== null && `${duration(exporting * 1000)} exporting`,
  ].filter(Boolean)
  return [duration(total * 1000), parts.join(', ')].filter(Boolean).join(': ')
}

/** In UTC, so that it says the same wherever it is read. */
function deletedAt(by: Deleter, iso: string): string {
  const when = `${iso.slice(0, 19).replace('T', ' ')} UTC`
  return `${when}, ${by === 'owner' ? 'on request' : 'because their time was over'}`
}

function ago(then: number, now: number): string {
  return now - then < 60_000 ? 'just now' : `${span(now - then)} ago`
}
