import { useRef } from 'react'
import type { BatchView } from '#lib/vocabulary/batch.ts'
import { BatchHeader } from './batch-header.tsx'
import { JobListRow } from './job-list-row.tsx'
import { ListHeading } from './list-heading.tsx'
import { type BatchGroup, groupsOf } from './live/batch-group.ts'
import { countedBatches } from './live/counted-batches.ts'
import { type LinkState, type Silence, silenceOf } from './live/job-listener.ts'
import type { JobsStore } from './live/jobs-store.ts'
import { isCleared, keptRows, type ListedBatch, listedBatches } from './live/listed-rows.ts'
import { isSilenced } from './live/live-row-view.ts'
import type { PendingDeletion } from './live/pending-deletions.ts'
import type { Row, Rows } from './live/rows.ts'
import { useNow } from './live/use-jobs.ts'
import { useTexts } from './messages/use-texts.tsx'
import { UndoRow } from './undo-row.tsx'
import { useClickGuard } from './use-click-guard.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import './job-list.css'

interface Props {
  rows: Rows
  batches: ReadonlyMap<string, BatchView>
  /** A message that belongs to no single row. */
  note: string
  deletions: readonly PendingDeletion[]
  /** The jobs that were cleared from the list. */
  cleared: ReadonlySet<string>
  link: LinkState
  store: JobsStore
  now: number
}

/** All rows with their summary. `now` is the server's clock, in milliseconds. */
export function JobList({ rows: all, batches, note, deletions, cleared, link, store, now: first }: Props) {
  const texts = useTexts()
  const list = useRef<HTMLElement>(null)
  const onFocus = useKeptFocus(list)
  const onClickCapture = useClickGuard()
  const listed = listedBatches(all, { deletions, cleared })
  const hidden = all.filter(row => isCleared(row, cleared)).length
  const rows = keptRows(listed)
  const now = useNow(first, rows.some(isCountingDown) ? 1000 : 30_000)
  if (listed.length === 0 && deletions.length === 0 && hidden === 0) return null
  const counted = countedBatches(batches, all)
  const groups = groupsOf(rows, { now, texts, counted })
  return (
    <section aria-labelledby="files" ref={list} onFocus={onFocus} onClickCapture={onClickCapture}>
      <ListHeading {...{ groups, counted, note, deletions, store }} cleared={hidden} />
      {listed.length > 0 && (
        <ul className="rows">
          {listed.map(batch => (
            <Batch
              key={batch.batchId}
              batch={batch}
              group={groups.find(({ batchId }) => batchId === batch.batchId)}
              store={store}
              now={now}
              silence={silenceOf(link)}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

interface BatchProps {
  batch: ListedBatch
  /** Unset where nothing of it is left. */
  group: BatchGroup | undefined
  store: JobsStore
  now: number
  silence: Silence | null
}

function Batch({ batch: { batchId, deletion, rows }, group, store, now, silence }: BatchProps) {
  if (deletion) return <UndoRow rowKey={batchId} deletion={deletion} store={store} />
  return (
    <>
      {group && group.rows.length > 1 && <BatchHeader group={group} store={store} />}
      {rows.map(({ row, deletion }) =>
        deletion ? (
          <UndoRow key={row.key} rowKey={row.key} deletion={deletion} store={store} />
        ) : (
          <JobListRow
            key={row.key}
            row={row}
            store={store}
            now={now}
            silence={isSilenced(row) ? silence : null}
          />
        ),
      )}
    </>
  )
}

/** Whether a row shows the seconds until the next attempt. */
export function isCountingDown(row: Row): boolean {
  return row.kind === 'job' && row.job.state === 'queued' && row.job.attempt > 0
}
