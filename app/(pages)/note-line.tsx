import type { NoteView, Severity } from '#lib/vocabulary/notes.ts'
import { ChangedIcon, InfoIcon, LossIcon } from './icons.tsx'
import './note-line.css'

/** For whoever hears it; others see the sign. */
const LABELS: Record<Severity, string> = { loss: 'Missing: ', changed: 'Changed: ', info: '' }
const SIGNS = { loss: LossIcon, changed: ChangedIcon, info: InfoIcon }

interface Props {
  note: NoteView
  withNextStep?: boolean
}

/** One thing to know of a result: a sign, what happened, and what a person can do about it. */
export function NoteLine({ note: { code, severity, message, nextStep }, withNextStep = true }: Props) {
  const Sign = SIGNS[severity] ?? InfoIcon
  return (
    <p className={`note ${severity}`} data-note={code}>
      <Sign />
      <span>
        <span className="unseen">{LABELS[severity]}</span>
        {message}
        {withNextStep && nextStep && <span className="next-step"> {nextStep}</span>}
      </span>
    </p>
  )
}
