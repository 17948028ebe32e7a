/**
 * Uploads that a reload must not lose: what is known of them in localStorage, their files in IndexedDB. A browser
 * that refuses the second (private windows, a full disk) asks for the file again; one that refuses both forgets.
 */
import { hasSecret } from '../wish/wish.ts'
import { FileShelf } from './file-shelf.ts'
import type { Given } from './given.ts'
import { uuid } from './uuid.ts'

const PREFIX = 'nightshift.upload.'
/** Nobody comes back to an upload after so long, in milliseconds; the server gave it up before. */
const OLDEST_MS = 7 * 86_400_000

export class UploadMemory {
  readonly #shelf = new FileShelf()
  /** Held as long as the upload is ours: another tab of this browser must not send it too. */
  readonly #claims = new Map<string, () => void>()

  /** False where a password goes with it, which is never written down. */
  keeps(given: Given): boolean {
    return !hasSecret(given.wish)
  }

  /** Remembers a new upload with its file. */
  async keep(given: Given): Promise<void> {
    if (!this.keeps(given)) return
    const { key } = given.row
    this.note(given)
    await this.#claim(key)
    if (given.file) await this.#shelf.put(key, given.file)
  }

  /** Remembers how it stands now. */
  note(given: Given): void {
    if (!this.keeps(given)) return
    const { file: _, ...known } = given
    try {
      localStorage.setItem(PREFIX + given.row.key, JSON.stringify({ ...known, tab: tabName() }))
    } catch {
      // Nothing is kept here: then a reload loses it, as it always did.
    }
  }

  forget(key: string): void {
    localStorage.removeItem(PREFIX + key)
    this.#shelf.remove(key)
    this.#claims.get(key)?.()
    this.#claims.delete(key)
  }

  /** What an earlier visit left, unless another tab goes on with it; `file` is null where it was not kept. */
  async recall(): Promise<Given[]> {
    const found: Given[] = []
    for (const { tab, ...given } of remembered()) {
      if (!navigator.locks && tab !== tabName()) continue
      if (!(await this.#claim(given.row.key))) continue
      if (Date.now() - given.row.at > OLDEST_MS) this.forget(given.row.key)
      else found.push({ ...given, file: await this.#shelf.take(given.row.key) })
    }
    return found
  }

  async #claim(key: string): Promise<boolean> {
    const { promise: isOurs, resolve: answer } = Promise.withResolvers<boolean>()
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    this.#claims.set(key, end)
    if (!navigator.locks) return true // plain HTTP from another machine: then `tab` decides
    const options = { ifAvailable: true }
    void navigator.locks.request(PREFIX + key, options, lock => {
      answer(lock !== null)
      return lock ? ended : undefined
    })
    return isOurs
  }
}

function remembered(): (Omit<Given, 'file'> & { tab: string })[] {
  try {
    const keys = Object.keys(localStorage).filter(key => key.startsWith(PREFIX))
    return keys.map(key => JSON.parse(localStorage.getItem(key) ?? ''))
  } catch {
    return []
  }
}

/** The same through reloads of one tab. */
function tabName(): string {
  const name = sessionStorage.getItem(`${PREFIX}tab`) ?? uuid()
  sessionStorage.setItem(`${PREFIX}tab`, name)
  return name
}
