import type { ConversionReport } from '#lib/vocabulary/conversion-report.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { duration, size } from '../../live/format.ts'
import { describe, sourceName, targetName, upper } from '../../settings/labels.ts'

/** The details of a job. */
export function Facts({ job }: { job: Snapshot }) {
  const set = describe(job.options)
  const { source, result, receipt, report } = job
  const facts: [string, string][] = [
    ['From', from(job)],
    ['Into', upper(targetName(job))],
    ...(set ? [['With', set] as [string, string]] : []),
  ]
  if (report) facts.push(['Converted with', report.engine], ['Took', took(report.seconds)])
  facts.push(['SHA-256 of the source', source.sha256])
  const sha256 = (result ?? receipt?.result)?.sha256
  if (sha256) facts.push(['SHA-256 of the result', sha256])
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
  return `${sourceName(format)}, ${size(bytes)}`
}

/** `3.1 s: 1.2 s loading, 1.7 s exporting`. */
function took({ loading, exporting, total }: ConversionReport['seconds']): string {
  const parts = [
    loading !== null && `${duration(loading * 1000)} loading`,
    exporting !== null && `${duration(exporting * 1000)} exporting`,
  ].filter(Boolean)
  return [duration(total * 1000), parts.join(', ')].filter(Boolean).join(': ')
}
