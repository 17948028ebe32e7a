import type { Silence } from '../../live/job-listener.ts'
import type { JobsStore } from '../../live/jobs-store.ts'
import { deletionText, isKept } from '../../live/kept-files-text.ts'
import { liveRowView } from '../../live/live-row-view.ts'
import { isHarmless } from '../../live/row-parts.ts'
import type { JobEntry } from '../../live/rows.ts'
import { useTexts } from '../../messages/use-texts.tsx'
import { RowActions } from '../../row-actions.tsx'
import { StateLines } from '../../state-lines.tsx'
import { Unlock } from '../../unlock.tsx'
import { Preview } from './preview.tsx'

interface Props {
  row: JobEntry
  store: JobsStore
  /** Whether this browser may change the job. */
  isMine: boolean
  /** In milliseconds. */
  now: number
  /** Why nothing is heard of the job; null while changes arrive. */
  silence: Silence | null
}

/** The first page beside the name, the state and the actions of a job. */
export function JobHead({ row, store, isMine, now, silence }: Props) {
  const texts = useTexts()
  const view = liveRowView(row, { now, silence, texts })
  const { actions } = view
  const isLocked = actions.includes('unlock')
  const othersHint = () =>
    texts.t('job.lockedHint', { who: 'other', kept: deletionText(row.job, now, texts) })
  const { id } = row.job
  const fileName = row.job.fileName || texts.t('details.deletedFile')
  return (
    <div className="head">
      <Preview job={row.job} fileName={fileName} isKept={isKept(row.job, now)} />
      <div className="about">
        <h1>
          <bdi>{fileName}</bdi>
        </h1>
        <StateLines view={isLocked && !isMine ? { ...view, detail: othersHint() } : view} label={fileName} />
        {isMine && isLocked && <Unlock id={id} store={store} />}
        <RowActions row={row} actions={isMine ? actions : actions.filter(isHarmless)} store={store} />
      </div>
    </div>
  )
}
