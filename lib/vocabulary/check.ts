export const CHECK_STATES = ['ok', 'warning', 'failed', 'unknown'] as const
export type CheckState = (typeof CHECK_STATES)[number]

/** What was found out about one thing that Nightshift needs. All texts are for the operator. */
export interface Check {
  /** Stable, such as `database-latency`. */
  id: string
  /** `failed`: it does not work so; `unknown`: nobody could be asked, and `found` says why. */
  state: CheckState
  what: string
  found: string
  /** A command or a setting that mends it; null where there is nothing to mend. */
  mend: string | null
}

/** A check that found everything in order. */
export const passed = (id: string, what: string, found: string): Check => ({
  ...{ id, what, found },
  state: 'ok',
  mend: null,
})
