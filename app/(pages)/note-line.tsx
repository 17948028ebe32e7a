import type { ReactNode } from 'react'
import type { NoteView, Severity } from '#lib/vocabulary/notes.ts'
import { ChangedIcon, InfoIcon, LossIcon } from './icons.tsx'
import { noteText } from './messages/error-text.ts'
import type { MessageKey } from './messages/texts.ts'
import { useTexts } from './messages/use-texts.tsx'
import './note-line.css'

/** For screen readers; the sign shows it to others. */
const LABELS = { loss: 'row.missing', changed: 'row.changed', info: null } as const satisfies Record<
  Severity,
  MessageKey | null
>
const SIGNS = { loss: LossIcon, changed: ChangedIcon, info: InfoIcon }

interface Props {
  note: NoteView
  withNextStep?: boolean
  children?: ReactNode
}

/** One note on a result: a sign, the sentence, and the next step. */
export function NoteLine({ note, withNextStep = true, children }: Props) {
  const texts = useTexts()
  const { code, severity } = note
  const { message, nextStep } = noteText(texts, note)
  const label = LABELS[severity]
  const Sign = SIGNS[severity] ?? InfoIcon
  return (
    <p className={`note ${severity}`} data-note={code}>
      <Sign />
      <span>
        {label && <span className="unseen">{texts.t(label)} </span>}
        {message}
        {withNextStep && nextStep && <span className="next-step"> {nextStep}</span>}
        {children}
      </span>
    </p>
  )
}
