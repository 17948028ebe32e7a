/**
 * Fair turns: jobs that wait start in the order of their turns, and those of one turn in the order in which they began to
 * wait. The first waiting job of an owner gets the turn after the lowest one of all, each further job the second turn after
 * the owner's last. So no two of an owner's jobs are within two turns: a first job waits for one job of each other owner
 * at the most, however many those have. And while newcomers keep coming everybody's turn comes: those who get the same
 * turn later stand behind, and nobody gets the lowest one, so that it grows.
 */

/** Between two turns of one owner is one for newcomers. */
const OWNER_STEP = 2

/** What the turn of a job follows: the jobs that wait when it begins to. */
export interface WaitingTurns {
  /** The lowest turn of the jobs that may start at once; unset: there is none. */
  lowest?: number | undefined
  /** The turn of the owner's last waiting job; unset: there is none. */
  ownLast?: number | undefined
}

/** The turn of a job that begins to wait. */
export function nextTurn({ lowest = 0, ownLast = -1 }: WaitingTurns): number {
  return Math.max(lowest + 1, ownLast + OWNER_STEP)
}

/** The turn of a job that lets all others go first that wait when it begins to; `highest` is the last of theirs. */
export function turnAfterAll(highest = 0): number {
  return highest + 1
}
