import { useState } from 'react'
import type { JobError } from '#lib/vocabulary/job.ts'
import { Bar } from './bar.tsx'
import { BinIcon, CrossIcon, DownloadIcon, MergeIcon, RetryIcon } from './icons.tsx'
import { under } from './live/address.ts'
import type { BatchAction, BatchGroup } from './live/batch-group.ts'
import { roughly, unbroken } from './live/format.ts'
import type { JobsStore } from './live/jobs-store.ts'
import { MergePanel } from './merge-panel.tsx'
import type { Texts } from './messages/texts.ts'
import { useTexts } from './messages/use-texts.tsx'
import './batch-header.css'
import { Refusal } from './refusal.tsx'

interface Props {
  group: BatchGroup
  /** Nothing is heard of the server, so nothing moves. */
  isSilent: boolean
  store: JobsStore
}

/** What is shown and offered for all files of one drop, above their rows. */
export function BatchHeader({ group, isSilent, store }: Props) {
  const [refusal, setRefusal] = useState<JobError | null>(null)
  const [isMerging, setMerging] = useState(false)
  const { batchId, folder, percent, actions } = group
  const texts = useTexts()
  const files = texts.t('count.files', { n: group.total })
  const title = folder ?? files
  const text = textOf(texts, group)
  const doIt = async (action: keyof typeof BATCH_BUTTONS) => {
    if (action === 'delete') return store.deleteBatch(group)
    setRefusal(await (action === 'cancel' ? store.cancelBatch(batchId) : store.retryBatch(batchId)))
  }
  return (
    <li className="batch" data-batch={batchId} data-row={batchId} tabIndex={-1}>
      <div className="middle">
        <div className="naming">
          <bdi className="name">{title}</bdi>
        </div>
        <p className="say">{unbroken(text)}</p>
        {percent < 100 && (
          <Bar bar={{ kind: isSilent ? 'still' : 'work', percent }} label={title} text={text} />
        )}
      </div>
      <div className="actions">
        {actions.map(action => {
          if (action === 'download') return <DownloadAll key={action} batchId={batchId} />
          if (action === 'merge')
            return <MergeButton key={action} isOpen={isMerging} onClick={() => setMerging(!isMerging)} />
          return <BatchButton key={action} action={action} onClick={() => void doIt(action)} />
        })}
        <Refusal error={refusal} />
      </div>
      {isMerging && (
        <MergePanel
          parts={group.parts}
          barred={group.barred}
          suggestedName={folder ?? texts.t('batch.mergedName')}
          store={store}
          onClose={() => setMerging(false)}
        />
      )}
    </li>
  )
}

function DownloadAll({ batchId }: { batchId: string }) {
  const { t } = useTexts()
  return (
    <a className="button wordy" href={under(`/api/batches/${batchId}/result.zip`)} download>
      <DownloadIcon />
      {t('batch.downloadAll')}
    </a>
  )
}

function MergeButton({ isOpen, onClick }: { isOpen: boolean; onClick: () => void }) {
  const { t } = useTexts()
  return (
    <button type="button" className="button wordy" aria-expanded={isOpen} onClick={onClick}>
      <MergeIcon />
      <span>
        {t('batch.merge')}
        <span className="longer">{t('batch.intoOne')}</span>
      </span>
    </button>
  )
}

/** `40 files: 12 done, 28 waiting, about 2 min left`. */
function textOf(texts: Texts, { folder, total, summary, secondsLeft }: BatchGroup): string {
  const { t } = texts
  const stand = folder ? t('batch.stand', { files: t('count.files', { n: total }), summary }) : summary
  return secondsLeft ? t('batch.left', { stand, time: roughly(texts, secondsLeft) }) : stand
}

const BATCH_BUTTONS = {
  cancel: { look: 'quiet', Icon: CrossIcon },
  retry: { look: 'button', Icon: RetryIcon },
  delete: { look: 'quiet', Icon: BinIcon },
} as const satisfies Record<Exclude<BatchAction, 'download' | 'merge'>, object>

function BatchButton({ action, onClick }: { action: keyof typeof BATCH_BUTTONS; onClick: () => void }) {
  const { t } = useTexts()
  const { look, Icon } = BATCH_BUTTONS[action]
  const word = t(`batch.${action}`)
  return (
    <button type="button" className={look} title={look === 'quiet' ? word : undefined} onClick={onClick}>
      <Icon />
      <span className="word">{word}</span>
    </button>
  )
}
