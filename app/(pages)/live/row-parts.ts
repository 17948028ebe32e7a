/** What a row consists of: its tone, its bar, its actions. Pure. */
import type { NoteView } from '#lib/vocabulary/notes.ts'

/** `loss` and `changed`: completed, but the result lacks something of the source, or shows it otherwise. */
export type Tone = 'plain' | 'good' | 'loss' | 'changed' | 'wait' | 'bad'
export type Action =
  | 'cancel'
  | 'download'
  | 'link'
  | 'retry'
  | 'delete'
  | 'pause'
  | 'resume'
  | 'resend'
  | 'choose'
  | 'remove'
  | 'unlock'
  | 'change'

const DELETING: readonly Action[] = ['delete', 'remove']

/**
 * The same with what deletes first: Cancel stands last in a row, and what deletes must not come to its place when the
 * job ends.
 */
export function deletingFirst(actions: readonly Action[]): Action[] {
  return [
    ...actions.filter(action => DELETING.includes(action)),
    ...actions.filter(action => !DELETING.includes(action)),
  ]
}

/** Whether someone who only has the job's link may do this, too. */
export function isHarmless(action: Action): boolean {
  return action === 'download' || action === 'link'
}

/**
 * `percent` is null while it is unknown. `waiting` is an empty track: nothing has begun. `still`: how far it was when the
 * page last heard of it.
 */
export interface BarView {
  kind: 'upload' | 'work' | 'waiting' | 'still'
  percent: number | null
}

export interface RowView {
  /** For styles and tests: the job's state, or the upload's. */
  state: string
  tone: Tone
  message: string
  /** A second line in a quieter style; null beside a bar. */
  detail: string | null
  /** The most serious note on a result that is not as the source, and how many more there are. */
  note?: NoteView
  furtherNotes?: number
  bar: BarView | null
  actions: readonly Action[]
}
