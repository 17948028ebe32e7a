import { useSyncExternalStore } from 'react'

let isOver = false
const marks = new Set<() => void>()

/** Records whether the session of this browser is over, as the server answered last. */
export function recordSession(now: { isOver: boolean }): void {
  isOver = now.isOver
  for (const mark of marks) mark()
}

/** Whether the session of this browser is over; nothing is pushed then. */
export function useSessionOver(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isOver,
    () => false,
  )
}

function subscribe(mark: () => void): () => void {
  marks.add(mark)
  return () => void marks.delete(mark)
}
