/** A time in microseconds since 1970 that never comes. */
const END_OF_TIME = 2 ** 52

let lastTime = 0

/** When a job begins to wait and at which turn. */
export interface WaitingPlace {
  /** In milliseconds since 1970. */
  now: number
  /** In microseconds since 1970, and never twice the same in one process. */
  uniqueTime: number
  turn: number
}

export function newPlace(turn: number): WaitingPlace {
  const now = Date.now()
  lastTime = Math.max(lastTime + 1, now * 1000)
  return { now, uniqueTime: lastTime, turn }
}

/**
 * The place as one number, because an index has one: the turn, and the time as its fraction. It is exact to a millisecond
 * up to turn 1,000, and only between jobs of one turn, thus of different owners, does it matter.
 */
export function placeNumberOf({ turn, uniqueTime }: WaitingPlace): number {
  return turn + uniqueTime / END_OF_TIME
}

/** When a job took this place, in milliseconds since 1970. */
export const timeOfPlace = (placeNumber: number) =>
  Math.round(((placeNumber - turnOfPlace(placeNumber)) * END_OF_TIME) / 1000)

export const turnOfPlace = (placeNumber: number) => Math.floor(placeNumber)
