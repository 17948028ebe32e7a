import { useState } from 'react'
import type { JobError } from '#lib/vocabulary/job.ts'
import { ChooseAgain } from './choose-again.tsx'
import { CopyLink } from './copy-link.tsx'
import { BinIcon, CrossIcon, DownloadIcon, PauseIcon, PlayIcon, RetryIcon } from './icons.tsx'
import type { JobsStore } from './live/jobs-store.ts'
import type { Action } from './live/row-parts.ts'
import type { Row } from './live/rows.ts'
import type { MessageKey } from './messages/texts.ts'
import { useTexts } from './messages/use-texts.tsx'
import { Refusal } from './refusal.tsx'
import './job-parts.css'

interface Props {
  row: Row
  actions: readonly Action[]
  store: JobsStore
}

/** The actions that a row offers now. */
export function RowActions({ row, actions, store }: Props) {
  const [refusal, setRefusal] = useState<JobError | null>(null)
  const name = row.kind === 'upload' ? row.fileName : row.job.fileName
  const act = async (doing: Promise<JobError | null>) => setRefusal(await doing)
  const doIt = (action: ButtonAction) => {
    if (row.kind === 'upload') {
      if (action === 'pause') return store.uploads.pause(row.key)
      if (action === 'resume' || action === 'resend') return store.uploads.goOn(row.key)
      return store.uploads.remove(row.key)
    }
    const { id } = row.job
    if (action === 'cancel') void act(store.cancel(id))
    else if (action === 'retry') void act(store.retry(id))
    else store.delete(row.job)
  }
  return (
    <div className="actions">
      {actions.map(action => {
        if (action === 'unlock' || action === 'change') return null // They have a place of their own in the row.
        if (action === 'choose') return <ChooseAgain key={action} row={row} store={store} />
        if (action === 'download') return row.kind === 'job' && <Download key={action} job={row.job} />
        if (action === 'link')
          return row.kind === 'job' && <CopyLink key={action} id={row.job.id} name={name} />
        // Both share one key, so that the keyboard focus stays on the button.
        const place = action === 'resume' ? 'pause' : action
        return <ActionButton key={place} action={action} name={name} onClick={() => doIt(action)} />
      })}
      <Refusal error={refusal} />
    </div>
  )
}

function Download({
  job,
}: {
  job: { resultUrl: string; fileName: string; result: { fileName: string } | null }
}) {
  const { t } = useTexts()
  const name = job.result?.fileName ?? job.fileName
  return (
    <a className="button main" href={job.resultUrl} download>
      <DownloadIcon />
      {t('row.downloadAs', { extension: extensionOf(name) })}
      <span className="unseen">: {name}</span>
    </a>
  )
}

const extensionOf = (name: string) => name.slice(name.lastIndexOf('.') + 1).toUpperCase()

const BUTTONS = {
  cancel: { word: 'page.cancel', look: 'quiet', Icon: CrossIcon },
  delete: { word: 'row.delete', look: 'quiet', Icon: BinIcon },
  remove: { word: 'row.remove', look: 'quiet', Icon: CrossIcon },
  retry: { word: 'page.tryAgain', look: 'button', Icon: RetryIcon },
  resend: { word: 'page.tryAgain', look: 'button', Icon: RetryIcon },
  pause: { word: 'row.pause', look: 'quiet', Icon: PauseIcon },
  resume: { word: 'row.goOn', look: 'button', Icon: PlayIcon },
} as const satisfies Partial<Record<Action, { word: MessageKey; look: string; Icon: typeof BinIcon }>>

type ButtonAction = keyof typeof BUTTONS

interface ActionButtonProps {
  action: ButtonAction
  name: string
  onClick: () => void
}

function ActionButton({ action, name, onClick }: ActionButtonProps) {
  const { t } = useTexts()
  const { look, Icon } = BUTTONS[action]
  const word = t(BUTTONS[action].word)
  return (
    <button type="button" className={look} title={look === 'quiet' ? word : undefined} onClick={onClick}>
      <Icon />
      <span className="word">{word}</span>
      <span className="unseen"> {name}</span>
    </button>
  )
}
