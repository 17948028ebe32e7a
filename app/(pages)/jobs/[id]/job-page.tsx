'use client'
import Link from 'next/link'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { Bar } from '../../bar.tsx'
import { Header } from '../../header.tsx'
import { isCountingDown } from '../../job-list.tsx'
import { Picture } from '../../job-list-row.tsx'
import type { JobsStore } from '../../live/jobs-store.ts'
import { isHarmless, isKept, rowView } from '../../live/row-view.ts'
import type { JobEntry } from '../../live/rows.ts'
import { useJobs, useNow } from '../../live/use-jobs.ts'
import { RowActions } from '../../row-actions.tsx'
import { UndoLine } from '../../undo-line.tsx'
import { Unlock } from '../../unlock.tsx'
import { Again } from './again.tsx'
import { Facts } from './facts.tsx'
import { ReportNotes } from './report-notes.tsx'

interface Props {
  job: Snapshot
  /** Whether this browser may change the job; one that only has its link may not. */
  isMine: boolean
  /** The server's clock, in milliseconds. */
  now: number
}

/** One job: rendered by the server, then live. */
export function JobPage({ job, isMine, now }: Props) {
  const { store, view } = useJobs({ scope: { jobIds: [job.id] }, jobs: [job], maxUploadBytes: 0 })
  const row = view.rows.find((row): row is JobEntry => row.kind === 'job')
  const [deletion] = view.deletions
  return (
    <div className="wrap">
      <Header link={view.link} />
      <main>
        {deletion && <UndoLine deletion={deletion} store={store} />}
        {row && !deletion && <Card row={row} store={store} isMine={isMine} now={now} />}
        {!row && <p className="card">This job was deleted.</p>}
        <p className="onward">
          <Link href="/">Convert more files</Link>
        </p>
      </main>
      <p role="status" className="unseen">
        {view.announcement}
      </p>
    </div>
  )
}

function Card({ row, store, isMine, now: first }: Omit<Props, 'job'> & { row: JobEntry; store: JobsStore }) {
  const now = useNow(first, isCountingDown(row) ? 1000 : 30_000)
  const { state, tone, message, detail, bar, actions } = rowView(row, now)
  const { id } = row.job
  const fileName = row.job.fileName || 'A deleted file'
  return (
    <article className="card" data-job={id} data-state={state}>
      <div className="title">
        <Picture job={row.job} fileName={fileName} />
        <h1>{fileName}</h1>
      </div>
      <p className={`say ${tone}`}>{message}</p>
      {bar ? <Bar bar={bar} label={fileName} text={message} /> : <p className="detail">{detail}</p>}
      {isMine && actions.includes('unlock') && <Unlock id={id} store={store} />}
      <RowActions row={row} actions={isMine ? actions : actions.filter(isHarmless)} store={store} />
      {state === 'completed' && !row.job.sources && isKept(row.job, now) && <Again job={row.job} />}
      {row.job.report && <ReportNotes notes={row.job.report.notes} />}
      <Facts job={row.job} now={now} />
    </article>
  )
}
