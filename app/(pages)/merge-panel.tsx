import { type DragEvent, type KeyboardEvent, type SubmitEvent, useState } from 'react'
import type { JobError } from '#lib/vocabulary/job.ts'
import { MOST_PARTS } from '#lib/vocabulary/settings.ts'
import type { JobsStore } from './live/jobs-store.ts'
import { type MergePart, mergedFileName, moved } from './live/merge-order.ts'
import { MergePartRow } from './merge-part-row.tsx'
import { errorLine } from './messages/error-text.ts'
import type { Texts } from './messages/texts.ts'
import { useTexts } from './messages/use-texts.tsx'
import './merge-panel.css'

interface Props {
  /** What can be merged when the panel opens, in this order. */
  parts: readonly MergePart[]
  /** How many results are left out because of a password or of what they forbid. */
  barred: number
  /** The suggested name of the result, without extension. */
  suggestedName: string
  store: JobsStore
  onClose: () => void
}

/** The user has just opened this field. */
const focus = (field: HTMLInputElement | null) => field?.focus()

/** Lets the user order results, leave some out and name the PDF that they become. */
export function MergePanel({ parts: given, barred, suggestedName, store, onClose }: Props) {
  const texts = useTexts()
  const { t } = texts
  const [parts, setParts] = useState(given)
  const [name, setName] = useState(suggestedName)
  const [refusal, setRefusal] = useState<JobError | null>(null)
  const [isSending, setSending] = useState(false)
  const merge = async (event: SubmitEvent) => {
    event.preventDefault()
    setSending(true)
    const refused = await store.merge(parts, mergedFileName(name))
    setSending(false)
    if (refused) setRefusal(refused)
    else onClose()
  }
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    onClose()
  }
  return (
    <form className="merge" onSubmit={merge} onKeyDown={closeOnEscape} aria-label={t('batch.mergeIntoOne')}>
      <PartList parts={parts} onParts={setParts} />
      <div className="naming-line">
        <label>
          {t('page.name')}{' '}
          <input
            ref={focus}
            className="field"
            required
            pattern=".*\S.*"
            maxLength={120}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
        </label>
        <bdi className="extension">.pdf</bdi>
        <button type="submit" className="button main wordy" disabled={isSending || !canMerge(parts)}>
          {t('batch.merge')}
        </button>
        <button type="button" className="button wordy" onClick={onClose}>
          {t('batch.close')}
        </button>
      </div>
      <p className="fine">{hint(texts, parts, barred)}</p>
      {refusal && (
        <p className="say bad" role="alert">
          {errorLine(texts, refusal)}
        </p>
      )}
    </form>
  )
}

const canMerge = (parts: readonly MergePart[]) => parts.length > 1 && parts.length <= MOST_PARTS

function hint({ t }: Texts, { length }: readonly MergePart[], barred: number): string {
  const files = (n: number) => t('count.files', { n })
  if (length < 2) return t('batch.tooFew')
  if (length > MOST_PARTS) return t('batch.tooMany', { most: MOST_PARTS, files: files(length - MOST_PARTS) })
  return t('batch.inThisOrder', { files: files(length), barred })
}

interface ListProps {
  parts: readonly MergePart[]
  onParts: (parts: readonly MergePart[]) => void
}

/** The parts in their order; they are moved by dragging or with the buttons of each. */
function PartList({ parts, onParts }: ListProps) {
  const { t } = useTexts()
  const [dragged, setDragged] = useState<string | null>(null)
  const [announcement, setAnnouncement] = useState('')
  const move = ({ jobId, fileName }: MergePart, to: number) => {
    if (to < 0 || to >= parts.length) return
    onParts(moved(parts, jobId, to))
    setAnnouncement(t('batch.moved', { name: fileName, n: to + 1, all: parts.length }))
  }
  const over = (event: DragEvent, index: number) => {
    if (dragged === null) return
    event.preventDefault()
    onParts(moved(parts, dragged, index))
  }
  return (
    <>
      <ol>
        {parts.map((part, index) => (
          <MergePartRow
            key={part.jobId}
            fileName={part.fileName}
            isFirst={index === 0}
            isLast={index === parts.length - 1}
            isDragged={part.jobId === dragged}
            onDragStart={() => setDragged(part.jobId)}
            onDragOver={event => over(event, index)}
            onDragEnd={() => setDragged(null)}
            onMove={by => move(part, index + by)}
            onRemove={() => onParts(parts.filter(other => other !== part))}
          />
        ))}
      </ol>
      <p role="status" className="unseen">
        {announcement}
      </p>
    </>
  )
}
