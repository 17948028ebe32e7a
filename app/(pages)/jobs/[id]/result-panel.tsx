import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { canBeInSandbox, isViewable } from '../../live/result-frame.ts'
import { useTexts } from '../../messages/use-texts.tsx'
import './result-panel.css'

/** The result in the page. Nothing is loaded before it is opened, and that needs no JavaScript. */
export function ResultPanel({ job }: { job: Snapshot }) {
  const { t } = useTexts()
  if (!isViewable(job)) return null
  const address = `${job.resultUrl}?inline=1`
  return (
    <details className="more result">
      <summary>{t('details.lookHere')}</summary>
      <iframe
        src={address}
        title={t('details.result', { name: job.result?.fileName ?? job.fileName })}
        loading="lazy"
        {...(canBeInSandbox(job) && { sandbox: '' })}
      />
      <p className="fine">
        <a href={address} target="_blank" rel="noreferrer">
          {t('details.ownTab')}
        </a>
      </p>
    </details>
  )
}
