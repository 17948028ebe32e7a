import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { canBeInSandbox, isViewable } from '../../live/result-frame.ts'
import './result-panel.css'

/** The result in the page. Nothing is loaded before it is opened, and that needs no JavaScript. */
export function ResultPanel({ job }: { job: Snapshot }) {
  if (!isViewable(job)) return null
  const address = `${job.resultUrl}?inline=1`
  return (
    <details className="more result">
      <summary>Look at the result here</summary>
      <iframe
        src={address}
        title={`The result: ${job.result?.fileName ?? job.fileName}`}
        loading="lazy"
        {...(canBeInSandbox(job) && { sandbox: '' })}
      />
      <p className="fine">
        <a href={address} target="_blank" rel="noreferrer">
          Open it in a tab of its own
        </a>
      </p>
    </details>
  )
}
