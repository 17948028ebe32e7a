import { useSyncExternalStore } from 'react'
import { lasting, PLAIN, recalled, type Wish } from './wish.ts'

const KEY = 'nightshift.wish'
const listeners = new Set<() => void>()
/** Passwords live here only, and end with the tab. */
let current: Wish | undefined

/** What this tab makes of files; remembered for the next visit of this browser, without passwords. */
export function useWish(): [Wish, (wish: Wish) => void] {
  return [useSyncExternalStore(subscribe, read, () => PLAIN), write]
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function read(): Wish {
  current ??= recalled(stored())
  return current
}

function write(wish: Wish): void {
  current = wish
  try {
    localStorage.setItem(KEY, JSON.stringify(lasting(wish)))
  } catch {
    // A browser that keeps nothing forgets the wish with the tab.
  }
  for (const listener of listeners) listener()
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
