import type { ReactNode } from 'react'
import type { NoteView, Severity } from '#lib/vocabulary/notes.ts'
import { ChangedIcon, InfoIcon, LossIcon } from './icons.tsx'
import './note-line.css'

/** For screen readers; the sign shows it to others. */
const LABELS: Record<Severity, string> = { loss: 'Missing: ', changed: 'Changed: ', info: '' }
const SIGNS = { loss: LossIcon, changed: ChangedIcon, info: InfoIcon }

interface Props {
  note: NoteView
  withNextStep?: boolean
  children?: ReactNode
}

/** One note on a result: a sign, the sentence, and the next step. */
export function NoteLine({ note, withNextStep = true, children }: Props) {
  const { code, severity, message, nextStep } = note
  const Sign = SIGNS[severity] ?? InfoIcon
  return (
    <p className={`note ${severity}`} data-note={code}>
      <Sign />
      <span>
        <span className="unseen">{LABELS[severity]}</span>
        {message}
        {withNextStep && nextStep && <span className="next-step"> {nextStep}</span>}
        {children}
      </span>
    </p>
  )
}
