import { Bar } from '../../bar.tsx'
import type { JobsStore } from '../../live/jobs-store.ts'
import { isHarmless, isKept, rowView } from '../../live/row-view.ts'
import type { JobEntry } from '../../live/rows.ts'
import { RowActions } from '../../row-actions.tsx'
import { Unlock } from '../../unlock.tsx'
import { Preview } from './preview.tsx'

interface Props {
  row: JobEntry
  store: JobsStore
  /** Whether this browser may change the job. */
  isMine: boolean
  /** In milliseconds. */
  now: number
}

/** The first page beside the name, the state and the actions of a job. */
export function JobHead({ row, store, isMine, now }: Props) {
  const { tone, message, detail, bar, actions } = rowView(row, now)
  const { id } = row.job
  const fileName = row.job.fileName || 'A deleted file'
  return (
    <div className="head">
      <Preview job={row.job} fileName={fileName} isKept={isKept(row.job, now)} />
      <div className="about">
        <h1>{fileName}</h1>
        <p className={`say ${tone}`}>{message}</p>
        {bar ? <Bar bar={bar} label={fileName} text={message} /> : <p className="detail">{detail}</p>}
        {isMine && actions.includes('unlock') && <Unlock id={id} store={store} />}
        <RowActions row={row} actions={isMine ? actions : actions.filter(isHarmless)} store={store} />
      </div>
    </div>
  )
}
