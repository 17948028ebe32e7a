'use client'
import Link from 'next/link'
import { isTerminal } from '#lib/vocabulary/job.ts'
import type { FullSnapshot, Snapshot } from '#lib/vocabulary/snapshot.ts'
import { Brand, Header } from '../../header.tsx'
import { type Silence, silenceOf } from '../../live/job-listener.ts'
import type { JobsStore } from '../../live/jobs-store.ts'
import { hasResult, isKept, isOnlyReceipt } from '../../live/kept-files-text.ts'
import type { JobEntry } from '../../live/rows.ts'
import type { TimelineAttempt } from '../../live/timeline-view.ts'
import { useJobs, useNow } from '../../live/use-jobs.ts'
import { useTexts } from '../../messages/use-texts.tsx'
import { UndoLine } from '../../undo-line.tsx'
import { useClickGuard } from '../../use-click-guard.ts'
import { COARSE_MS, isCountingDown } from '../../use-row-slices.ts'
import { Again } from './again.tsx'
import { CurlPanel } from './curl-panel.tsx'
import { Facts } from './facts.tsx'
import { JobHead } from './job-head.tsx'
import { ReportNotes } from './report-notes.tsx'
import { ResultPanel } from './result-panel.tsx'
import { Timeline } from './timeline.tsx'
import './job-page.css'

interface Props {
  job: FullSnapshot
  /** Whether this browser may change the job; one that only has its link may not. */
  isMine: boolean
  /** Where this Nightshift is, such as `https://example.org/convert`. */
  address: string
  /** The server's clock, in milliseconds. */
  now: number
}

/** One job: rendered by the server, then live. */
export function JobPage({ job, ...props }: Props) {
  const texts = useTexts()
  const { store, view } = useJobs({ scope: { jobIds: [job.id] }, jobs: [job], maxUploadBytes: 0, texts })
  const row = view.rows.find((row): row is JobEntry => row.kind === 'job')
  const [deletion] = view.deletions
  const onClickCapture = useClickGuard()
  // What grows with the work stands last, so that nothing moves.
  const isOpen = row !== undefined && !isTerminal(row.job.state)
  return (
    <div className="wrap">
      <Header
        link={view.link}
        brand={
          <Link className="brand" href="/">
            <Brand />
          </Link>
        }
      />
      <main onClickCapture={onClickCapture}>
        {deletion && <UndoLine deletion={deletion} store={store} />}
        {row && !deletion && (
          <Card row={row} store={store} attempts={job.timeline} silence={silenceOf(view.link)} {...props} />
        )}
        {!row && <p className="card">{texts.t('details.jobDeleted')}</p>}
        {isOpen || (
          <p className="onward">
            <Link href="/">{texts.t('page.convertMore')}</Link>
          </p>
        )}
      </main>
      <p role="status" className="unseen">
        {view.announcement}
      </p>
    </div>
  )
}

interface CardProps extends Omit<Props, 'job'> {
  row: JobEntry
  store: JobsStore
  attempts: readonly TimelineAttempt[]
  silence: Silence | null
}

function Card({ row, store, attempts, silence, isMine, address, now: first }: CardProps) {
  const now = useNow(first, isCountingDown(row) ? 1000 : COARSE_MS)
  const { job } = row
  return (
    <article className="card" data-job={job.id} data-state={job.state}>
      <JobHead row={row} store={store} isMine={isMine} now={now} silence={silence} />
      {isTerminal(job.state) ? (
        <Ended job={job} attempts={attempts} address={address} now={now} />
      ) : (
        <Timeline job={job} first={attempts} />
      )}
    </article>
  )
}

/** Comes as a whole below the head, so that nothing there moves when a job ends. */
function Ended({
  job,
  attempts,
  address,
  now,
}: Pick<CardProps, 'attempts' | 'address' | 'now'> & { job: Snapshot }) {
  const isHere = isKept(job, now)
  const isSingle = !job.sources && !isOnlyReceipt(job)
  return (
    <>
      {hasResult(job, now) && <ResultPanel job={job} />}
      {isSingle && isHere && <Again job={job} />}
      {isSingle && <CurlPanel job={job} address={address} />}
      {job.report && <ReportNotes notes={job.report.notes} />}
      <Timeline job={job} first={attempts} />
      <Facts job={job} />
    </>
  )
}
