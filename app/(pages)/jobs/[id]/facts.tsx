import type { ConversionReport } from '#lib/vocabulary/conversion-report.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { duration, isolated, size } from '../../live/format.ts'
import { sourceName, upper } from '../../messages/names.ts'
import type { Texts } from '../../messages/texts.ts'
import { useTexts } from '../../messages/use-texts.tsx'
import { describe, targetName } from '../../settings/labels.ts'

/** The details of a job. */
export function Facts({ job }: { job: Snapshot }) {
  const texts = useTexts()
  const { t } = texts
  const set = describe(texts, job.options)
  const { source, result, receipt, report } = job
  const facts: [string, string][] = [
    [t('details.from'), from(texts, job)],
    [t('settings.into'), upper(targetName(texts, job))],
    ...(set ? [[t('details.with'), set] as [string, string]] : []),
  ]
  if (report)
    facts.push([t('details.convertedWith'), report.engine], [t('details.took'), took(texts, report.seconds)])
  facts.push([t('details.sourceHash'), source.sha256])
  const sha256 = (result ?? receipt?.result)?.sha256
  if (sha256) facts.push([t('details.resultHash'), sha256])
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
function from(texts: Texts, { source: { format, bytes }, sources }: Snapshot): string {
  const comma = texts.t('page.comma')
  if (!sources) return [isolated(sourceName(texts, format)), size(texts, bytes)].join(comma)
  const whole = sources.map(({ fileName }) => isolated(fileName)).join(comma)
  return texts.t('details.factOf', { whole, parts: size(texts, bytes) })
}

/** `3.1 s: 1.2 s loading, 1.7 s exporting`. */
function took(texts: Texts, { loading, exporting, total }: ConversionReport['seconds']): string {
  const { t } = texts
  const parts = [
    loading !== null && t('details.loadingTook', { time: duration(texts, loading * 1000) }),
    exporting !== null && t('details.exportingTook', { time: duration(texts, exporting * 1000) }),
  ].filter(part => part !== false)
  const whole = duration(texts, total * 1000)
  return parts.length > 0 ? t('details.factOf', { whole, parts: parts.join(t('page.comma')) }) : whole
}
