/** A page in the background is not painted: this is enough there, in milliseconds. */
const LONGEST_MS = 500

/** Resolves when the page was painted, or could have been. */
export function firstPaint(): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, LONGEST_MS)
    // The frame that is asked for comes with the paint; a task of its own comes after it.
    requestAnimationFrame(() => {
      clearTimeout(timer)
      setTimeout(resolve)
    })
  })
}
