import Link from 'next/link'
import { memo } from 'react'
import { claimedFormat, SOURCES } from '#lib/vocabulary/formats.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { FileName } from './file-name.tsx'
import type { Silence } from './live/job-listener.ts'
import type { JobsStore } from './live/jobs-store.ts'
import { liveRowView } from './live/live-row-view.ts'
import { sourceNames } from './live/merge-order.ts'
import { deletingFirst } from './live/row-parts.ts'
import type { Row } from './live/rows.ts'
import { useTexts } from './messages/use-texts.tsx'
import { NoteLine } from './note-line.tsx'
import { RowActions } from './row-actions.tsx'
import { SendAgain } from './send-again.tsx'
import { targetName } from './settings/labels.ts'
import { StateLines } from './state-lines.tsx'
import { Unlock } from './unlock.tsx'

interface Props {
  row: Row
  store: JobsStore
  now: number
  /** Why nothing is heard of the row; null where changes arrive or nothing is to be heard. */
  silence: Silence | null
}

/**
 * One file. Its height stays the same while its state changes: the last line is the bar or the second sentence. Only a
 * note on the result and an earlier result add height.
 */
export const JobListRow = memo(function JobRow({ row, store, now, silence }: Props) {
  const texts = useTexts()
  const { t } = texts
  const view = liveRowView(row, { now, silence, texts })
  const { state, note, furtherNotes, actions } = view
  const fileName = row.kind === 'upload' ? row.fileName : row.job.fileName
  const job = row.kind === 'job' ? row.job : null
  const from = job && sourceNames(job, texts)
  return (
    <li data-job={job?.id} data-row={row.key} data-state={state} tabIndex={-1}>
      <Picture job={job} fileName={fileName} />
      <div className="middle">
        <div className="naming">
          {job ? (
            <Link className="name" dir="auto" href={`/jobs/${job.id}`} prefetch={false} title={fileName}>
              <FileName fileName={fileName} />
            </Link>
          ) : (
            <span className="name" dir="auto" title={fileName}>
              <FileName fileName={fileName} />
            </span>
          )}
          <span className="into">
            <span className="unseen">{t('row.into')} </span>
            {targetName(texts, row.kind === 'job' ? row.job : row)}
          </span>
        </div>
        {from && (
          <p className="detail from" title={from}>
            {t('row.of', { names: from })}
          </p>
        )}
        <StateLines view={view} label={fileName}>
          {job && note && (
            <NoteLine note={note} withNextStep={note.severity === 'loss'}>
              <FurtherNotes id={job.id} count={furtherNotes ?? 0} />
            </NoteLine>
          )}
        </StateLines>
        {row.kind === 'job' && row.earlier && (
          <p className="detail">
            {t('row.earlier')}{' '}
            <a href={row.earlier.resultUrl} download>
              {t('row.download')}
            </a>
          </p>
        )}
        {job && actions.includes('unlock') && <Unlock id={job.id} store={store} />}
        {actions.includes('change') && <SendAgain row={row} store={store} />}
      </div>
      <RowActions row={row} actions={deletingFirst(actions)} store={store} />
    </li>
  )
})

/** Its page lists them all. */
function FurtherNotes({ id, count }: { id: string; count: number }) {
  const { t } = useTexts()
  if (count === 0) return null
  return (
    <>
      {' '}
      <Link className="further" href={`/jobs/${id}`} prefetch={false}>
        {t('row.further', { n: count })}
      </Link>
    </>
  )
}

/** The picture of the first page; until there is one, the format that the name claims. */
export function Picture({ job, fileName }: { job: Snapshot | null; fileName: string }) {
  const src = job?.thumbnailUrl
  if (!src) return <FormatChip fileName={fileName} />
  // biome-ignore lint/performance/noImgElement: Next would fetch and keep a copy of it on the server
  return <img className="picture" src={src} alt="" width={52} height={52} loading="lazy" decoding="async" />
}

/** The format that the name claims. */
function FormatChip({ fileName }: { fileName: string }) {
  const format = claimedFormat(fileName)
  return (
    <span className="chip" data-family={format && SOURCES.get(format)?.family} aria-hidden="true">
      {format ?? '?'}
    </span>
  )
}
