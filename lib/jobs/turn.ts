/**
 * Fair turns: jobs that wait start in the order of their turns, and those of one turn in the order in which they began to
 * wait. The first waiting job of an owner gets the turn after the lowest one of all, each further job the turn after the
 * owner's last. So whoever has one job waits for two of each other owner at the most, however many those have; and whoever
 * has many is overtaken by none who comes later with the same turn, so the lowest turn grows and everybody's comes.
 */

/** What the turn of a job follows: the jobs that wait when it begins to. */
export interface WaitingTurns {
  /** The lowest turn of the jobs that may start at once; unset: there is none. */
  lowest?: number | undefined
  /** The turn of the owner's last waiting job; unset: there is none. */
  ownLast?: number | undefined
}

/**
 * The turn of a job that begins to wait, from 1 on. One that needs something before it can start takes no turn from its
 * owner's next job; it gets one of its own when it has what it needs.
 */
export function nextTurn({ lowest = 0, ownLast = 0 }: WaitingTurns, needs: string | null = null): number {
  return Math.max(lowest, ownLast) + (needs === null ? 1 : 0)
}
