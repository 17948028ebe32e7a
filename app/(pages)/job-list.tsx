import { useRef } from 'react'
import type { BatchView } from '#lib/vocabulary/batch.ts'
import { BatchHeader } from './batch-header.tsx'
import { JobListRow } from './job-list-row.tsx'
import { ListHeading } from './list-heading.tsx'
import { type BatchGroup, groupsOf } from './live/batch-group.ts'
import { countedBatches } from './live/counted-batches.ts'
import { type LinkState, silenceOf } from './live/job-listener.ts'
import type { JobsStore } from './live/jobs-store.ts'
import { isCleared, keptRows, type ListedBatch, listedBatches } from './live/listed-rows.ts'
import type { PendingDeletion } from './live/pending-deletions.ts'
import type { Rows } from './live/rows.ts'
import { useNow } from './live/use-jobs.ts'
import { useTexts } from './messages/use-texts.tsx'
import { UndoRow } from './undo-row.tsx'
import { useClickGuard } from './use-click-guard.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import { COARSE_MS, isCountingDown, type ShownRow, useRowSlices } from './use-row-slices.ts'
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
  const now = useNow(first, rows.some(isCountingDown) ? 1000 : COARSE_MS)
  const silence = silenceOf(link)
  const shown = useRowSlices(rows, { now, silence })
  if (listed.length === 0 && deletions.length === 0 && hidden === 0) return null
  const counted = countedBatches(batches, all)
  const groups = groupsOf(rows, { now, texts, counted })
  const groupOf = new Map(groups.map(group => [group.batchId, group]))
  return (
    <section aria-labelledby="files" ref={list} onFocus={onFocus} onClickCapture={onClickCapture}>
      <ListHeading
        {...{ groups, counted, note, deletions, store }}
        cleared={hidden}
        isSilent={silence !== null}
      />
      {listed.length > 0 && (
        <ul className="rows">
          {listed.map(batch => (
            <Batch
              key={batch.batchId}
              batch={batch}
              group={groupOf.get(batch.batchId)}
              shown={shown}
              isSilent={silence !== null}
              store={store}
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
  /** What its rows show; those that are missing come with a later frame. */
  shown: ReadonlyMap<string, ShownRow>
  isSilent: boolean
  store: JobsStore
}

function Batch({ batch: { batchId, deletion, rows }, group, shown, isSilent, store }: BatchProps) {
  if (deletion) return <UndoRow rowKey={batchId} deletion={deletion} store={store} />
  return (
    <>
      {group && group.rows.length > 1 && <BatchHeader group={group} isSilent={isSilent} store={store} />}
      {rows.map(({ row: { key }, deletion }) => {
        if (deletion) return <UndoRow key={key} rowKey={key} deletion={deletion} store={store} />
        const own = shown.get(key)
        return own ? (
          <JobListRow key={key} {...own} store={store} />
        ) : (
          <li key={key} className="to-come" data-row={key} />
        )
      })}
    </>
  )
}
