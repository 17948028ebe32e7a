/** The jobs that the user cleared from the list of this browser. */
import { BASE_PATH } from './address.ts'

/** Several instances on one host, each under its path, share localStorage. */
const KEY = `${BASE_PATH}nightshift.cleared`
/** More than a browser's list is long. */
const MOST_IDS = 2000

export function keptCleared(): ReadonlySet<string> {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEY) ?? '[]'))
  } catch {
    return new Set()
  }
}

/** Keeps the latest of these ids; a browser that stores nothing shows the jobs again after a reload. Returns them. */
export function keepCleared(ids: ReadonlySet<string>): ReadonlySet<string> {
  const latest = [...ids].slice(-MOST_IDS)
  try {
    localStorage.setItem(KEY, JSON.stringify(latest))
  } catch {
    // They are cleared until the reload.
  }
  return new Set(latest)
}
