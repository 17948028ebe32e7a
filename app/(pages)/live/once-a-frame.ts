/** A tab that is not seen has no frames, but its title shows how far the files are. In milliseconds. */
const UNSEEN_MS = 200

/**
 * The same function, called once before the next frame is painted, however often it was asked for until then. Independent
 * of React.
 */
export function onceAFrame(run: () => void): () => void {
  let isDue = false
  return () => {
    if (isDue) return
    isDue = true
    const now = () => {
      cancelAnimationFrame(frame)
      clearTimeout(timer)
      isDue = false
      run()
    }
    const frame = requestAnimationFrame(now)
    const timer = setTimeout(now, UNSEEN_MS)
  }
}
