import { useEffect, useState } from 'react'
import { isTerminal } from '#lib/vocabulary/job.ts'
import type { FullSnapshot, Snapshot } from '#lib/vocabulary/snapshot.ts'
import { call } from '../../live/call.ts'
import { unbroken } from '../../live/format.ts'
import { isOutdated, type TimelineAttempt, timelineSteps } from '../../live/timeline-view.ts'
import { useTexts } from '../../messages/use-texts.tsx'
import './timeline.css'

/** What happened to the job, with times in UTC, so that they say the same wherever they are read. */
export function Timeline({ job, first }: { job: Snapshot; first: readonly TimelineAttempt[] }) {
  const texts = useTexts()
  const { t, day } = texts
  const steps = timelineSteps(job, useAttempts(job, first), texts)
  const sentOn = job.createdAt.slice(0, 10)
  const timeOf = (at: string) => (at.startsWith(sentOn) ? '' : `${day(at)} `) + at.slice(11, 19)
  return (
    <section className="timeline" aria-labelledby="timeline">
      <h2 id="timeline">{t('timeline.title')}</h2>
      <ol>
        {steps.map(({ label, at, detail }) => (
          <li key={`${label} ${at}`}>
            <time dateTime={at} suppressHydrationWarning>
              {timeOf(at)}
            </time>
            <span>
              {label}
              {detail && (
                <span className="fine">
                  {t('page.comma')}
                  {unbroken(detail)}
                </span>
              )}
            </span>
          </li>
        ))}
      </ol>
      {/* An older browser may write a month otherwise than the server. */}
      <p className="fine" suppressHydrationWarning>
        {t('timeline.utc', { day: day(job.createdAt) })}
      </p>
    </section>
  )
}

/** The attempts; asked for again only where some ended that the pushed snapshots do not tell of. */
function useAttempts(job: Snapshot, first: readonly TimelineAttempt[]): readonly TimelineAttempt[] {
  const [attempts, setAttempts] = useState(first)
  const { id, version } = job
  const isToBeRead = isTerminal(job.state) && isOutdated(job, attempts)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a version is asked for once
  useEffect(() => {
    if (!isToBeRead) return
    let isHere = true
    void call('GET', `/api/jobs/${id}`).then(({ refused, body }) => {
      if (isHere && !refused) setAttempts((body as FullSnapshot).timeline)
    })
    return () => {
      isHere = false
    }
  }, [id, version, isToBeRead])
  return attempts
}
