/** How long a click keeps the place where it was made, in milliseconds. */
export const HELD_MS = 1000
/** Nobody holds a pointer wholly still between two clicks; in CSS pixels. */
const NEAR_PX = 8

export interface Press {
  /** In CSS pixels from the corner of the window. */
  x: number
  y: number
  /** In milliseconds, of any clock that only grows. */
  at: number
  /** The button. */
  on: unknown
}

/**
 * Where a click changes what is below the pointer, the second click of a pair would press another button than was meant:
 * it does not count. Independent of React.
 */
export class ClickGuard {
  #last: Press | undefined

  /** Whether this click counts. Those on one button all do. */
  allows(press: Press): boolean {
    const last = this.#last
    if (last && last.on !== press.on && press.at - last.at < HELD_MS && isNear(last, press)) return false
    this.#last = press
    return true
  }
}

function isNear(a: Press, b: Press): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) <= NEAR_PX
}
