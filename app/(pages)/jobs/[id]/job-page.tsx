'use client'
import Link from 'next/link'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { Bar } from '../../bar.tsx'
import { Header } from '../../header.tsx'
import { isCountingDown } from '../../job-list.tsx'
import { Picture } from '../../job-row.tsx'
import type { Desk } from '../../live/desk.ts'
import type { JobRow } from '../../live/rows.ts'
import { sayingOf } from '../../live/sentence.ts'
import { useDesk, useNow } from '../../live/use-desk.ts'
import { RowActions } from '../../row-actions.tsx'
import { Facts } from './facts.tsx'
import { Told } from './told.tsx'

/** One job: drawn by the server, then live. `now` is the server's clock, in milliseconds. */
export function JobPage({ job, now }: { job: Snapshot; now: number }) {
  const { desk, view } = useDesk({ scope: { jobIds: [job.id] }, jobs: [job], maxUploadBytes: 0 })
  const row = view.rows.find((row): row is JobRow => row.kind === 'job')
  return (
    <div className="wrap">
      <Header link={view.link} />
      <main>
        {row ? <Card row={row} desk={desk} now={now} /> : <p className="card">This job is forgotten.</p>}
        <p className="onward">
          <Link href="/">Convert more files</Link>
        </p>
      </main>
      <p role="status" className="unseen">
        {view.said}
      </p>
    </div>
  )
}

function Card({ row, desk, now: first }: { row: JobRow; desk: Desk; now: number }) {
  const now = useNow(first, isCountingDown(row) ? 1000 : 30_000)
  const { state, tone, say, detail, bar, actions } = sayingOf(row, now)
  const { id, fileName } = row.job
  return (
    <article className="card" data-job={id} data-state={state}>
      <div className="title">
        <Picture job={row.job} fileName={fileName} />
        <h1>{fileName}</h1>
      </div>
      <p className={`say ${tone}`}>{say}</p>
      {bar ? <Bar bar={bar} label={fileName} text={say} /> : <p className="detail">{detail}</p>}
      <RowActions row={row} actions={actions} desk={desk} />
      {row.job.report && <Told notes={row.job.report.notes} />}
      <Facts job={row.job} now={now} />
    </article>
  )
}
