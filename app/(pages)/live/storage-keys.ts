/** The names under which this browser stores what outlives a page; looking for them needs no other code. */
import { BASE_PATH } from './address.ts'

export const SETTINGS_KEY = 'nightshift.wish'
/** Several instances on one host, each under its path, share localStorage. */
export const UPLOAD_PREFIX = `${BASE_PATH}nightshift.pending-upload.`

/** Whether an earlier visit has left settings or uploads. */
export function hasStoredState(): boolean {
  try {
    return Object.keys(localStorage).some(key => key === SETTINGS_KEY || key.startsWith(UPLOAD_PREFIX))
  } catch {
    return false
  }
}
