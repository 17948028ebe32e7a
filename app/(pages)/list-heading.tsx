import { Bar } from './bar.tsx'
import { isFinished } from './live/announcements.ts'
import { type BatchGroup, isUnderWay, totalOf } from './live/batch-group.ts'
import type { CountedBatches } from './live/counted-batches.ts'
import type { JobsStore } from './live/jobs-store.ts'
import { ALL_JOBS, type PendingDeletion } from './live/pending-deletions.ts'
import { useTexts } from './messages/use-texts.tsx'
import { NotifyButton } from './notify-button.tsx'
import { UndoLine } from './undo-line.tsx'
import { useProgressTitle } from './use-progress-title.ts'
import './list-heading.css'

interface Props {
  groups: readonly BatchGroup[]
  counted: CountedBatches
  /** A message that belongs to no single row. */
  note: string
  deletions: readonly PendingDeletion[]
  /** How many rows were cleared from the list and can be shown again. */
  cleared: number
  /** Nothing is heard of the server, so nothing moves. */
  isSilent: boolean
  store: JobsStore
}

/** What is shown and offered for all rows, above them. */
export function ListHeading({ groups, counted, note, deletions, cleared, isSilent, store }: Props) {
  const texts = useTexts()
  const { t } = texts
  const rows = groups.flatMap(group => group.rows)
  const open = groups.filter(isUnderWay)
  const whole = totalOf(groups, counted, texts)
  const { total, percent, summary } = open.length < groups.length ? totalOf(open, counted, texts) : whole
  const files = t('count.files', { n: total })
  useProgressTitle(open.length > 0 ? t('list.progress', { percent: Math.floor(percent), files }) : null)
  const goesOn = groups.some(group => group.goesOn)
  const all = deletions.find(({ key }) => key === ALL_JOBS)
  return (
    <div className="heading" data-row="heading" tabIndex={-1}>
      <Title groups={groups} {...whole} />
      {note && <p className="note">{note}</p>}
      <span className="actions">
        <NotifyButton isUnderWay={goesOn} summary={whole.summary} />
        {rows.some(isFinished) && (
          <button type="button" className="quiet" onClick={() => store.clearFinished()}>
            {t('list.clearFinished')}
          </button>
        )}
        {cleared > 0 && (
          <button type="button" className="quiet" onClick={() => store.showCleared()}>
            {t('list.showCleared', { files: t('count.clearedFiles', { n: cleared }) })}
          </button>
        )}
        {(cleared > 0 || rows.some(row => row.kind === 'job')) && (
          <button type="button" className="quiet" onClick={() => store.deleteAll()}>
            {t('list.deleteAllMine')}
          </button>
        )}
      </span>
      {all && <UndoLine deletion={all} store={store} />}
      {(goesOn || percent > 0) && open.length > 1 && (
        <Bar bar={{ kind: isSilent ? 'still' : 'work', percent }} label={t('list.allFiles')} text={summary} />
      )}
    </div>
  )
}

interface TitleProps {
  groups: readonly BatchGroup[]
  total: number
  summary: string
}

/** The only group says itself how many files there are; of deleted ones the line says it that undoes that. */
function Title({ groups, total, summary }: TitleProps) {
  const { t } = useTexts()
  const [first] = groups
  if (total === 0 || (groups.length === 1 && first && first.rows.length > 1))
    return <h2 id="files">{t('list.yourFiles')}</h2>
  return (
    <>
      <h2 id="files">{t('count.files', { n: total })}</h2>
      <p>{summary}</p>
    </>
  )
}
