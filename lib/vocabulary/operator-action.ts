/** What operators do to jobs, and which jobs an action leaves alone. Pure; the preview and the act both follow it. */
import type { JobListing } from './job-filter.ts'
import { allows } from './job-life.ts'

export const OPERATOR_ACTIONS = ['retry', 'cancel', 'delete'] as const

export type OperatorAction = (typeof OPERATOR_ACTIONS)[number]

/** Why an action leaves a job as it is. */
export const UNTOUCHED = ['has_ended', 'has_not_ended', 'is_not_failed', 'has_no_files'] as const

export type Untouched = (typeof UNTOUCHED)[number]

type Actable = Pick<JobListing, 'state' | 'filesDeleted' | 'expiresAt'>

/** Undefined where the action changes the job. The writes have the same conditions, and decide. */
export function whyUntouched(
  action: OperatorAction,
  { state, filesDeleted, expiresAt }: Actable,
  now: number,
): Untouched | undefined {
  const hasFiles = !filesDeleted && new Date(expiresAt).getTime() > now
  switch (action) {
    case 'retry':
      if (!allows('retry', state)) return 'is_not_failed'
      return hasFiles ? undefined : 'has_no_files'
    case 'cancel':
      return allows('cancel', state) ? undefined : 'has_ended'
    case 'delete':
      if (!allows('requestDeletion', state)) return 'has_not_ended'
      return filesDeleted ? 'has_no_files' : undefined
  }
}
