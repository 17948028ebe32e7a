/**
 * Keeps uploads through a reload: their state in localStorage, their files in IndexedDB. Where the browser refuses the
 * second (private windows, a full disk), the user has to choose the file again; where it refuses both, the upload is
 * lost.
 */
import { hasSecret } from '../settings/conversion-settings.ts'
import { FileStore } from './file-store.ts'
import type { PendingUpload } from './pending-upload.ts'
import { UPLOAD_PREFIX } from './storage-keys.ts'
import { uuid } from './uuid.ts'

/** Uploads older than this are dropped, in milliseconds; they have expired on the server before. */
const OLDEST_MS = 7 * 86_400_000

export class UploadPersistence {
  readonly #files = new FileStore()
  /** The lock of each upload of this tab, so that no other tab sends it too. */
  readonly #release = new Map<string, () => void>()

  /** False for an upload with a password, because passwords are never stored. */
  mayPersist(upload: PendingUpload): boolean {
    return !hasSecret(upload.settings)
  }

  /** Saves a new upload with its file. */
  save(upload: PendingUpload): void {
    if (!this.mayPersist(upload)) return
    const { key } = upload.row
    if (!this.saveState(upload)) return
    void this.#lock(key)
    if (upload.file) this.#files.put(key, upload.file)
  }

  /** Keeps the row of a refused upload, and its file only where sending it again may help. */
  saveRefused(upload: PendingUpload): void {
    if (!this.saveState(upload)) return
    const { key, error } = upload.row
    void this.#lock(key)
    if (!error?.retryable) this.#files.remove(key)
  }

  /** Saves the upload's state; false where this browser stores nothing. */
  saveState(upload: PendingUpload): boolean {
    if (!this.mayPersist(upload)) return false
    const { file: _, ...known } = upload
    try {
      localStorage.setItem(UPLOAD_PREFIX + upload.row.key, JSON.stringify({ ...known, tab: tabName() }))
      return true
    } catch {
      return false
    }
  }

  forget(key: string): void {
    try {
      localStorage.removeItem(UPLOAD_PREFIX + key)
    } catch {
      // A browser that stores nothing has nothing to delete.
    }
    this.#files.remove(key)
    this.#release.get(key)?.()
    this.#release.delete(key)
  }

  /** The uploads of an earlier visit that no other tab has taken; `file` is null where it was not kept. */
  async recall(): Promise<PendingUpload[]> {
    const found: PendingUpload[] = []
    for (const { tab, ...upload } of storedUploads()) {
      const { key, at } = upload.row
      if (!(await this.#lock(key, tab))) continue
      if (Date.now() - at > OLDEST_MS) this.forget(key)
      else found.push({ ...upload, file: await this.#files.take(key) })
    }
    await this.#files.removeOthers(key => storedKeys().includes(UPLOAD_PREFIX + key))
    return found.sort((a, b) => a.row.at - b.row.at)
  }

  /** Without locks (plain HTTP from another machine) an upload stays with the tab that began it. */
  #lock(key: string, tab = tabName()): Promise<boolean> {
    if (this.#release.has(key)) return Promise.resolve(true)
    if (!navigator.locks) return Promise.resolve(tab === tabName())
    return new Promise(answer => {
      void navigator.locks.request(UPLOAD_PREFIX + key, { ifAvailable: true }, lock => {
        answer(lock !== null)
        return lock && new Promise<void>(release => this.#release.set(key, release))
      })
    })
  }
}

function storedUploads(): (Omit<PendingUpload, 'file'> & { tab: string })[] {
  try {
    return storedKeys().map(key => JSON.parse(localStorage.getItem(key) ?? ''))
  } catch {
    return []
  }
}

function storedKeys(): string[] {
  try {
    return Object.keys(localStorage).filter(key => key.startsWith(UPLOAD_PREFIX))
  } catch {
    return []
  }
}

/** A name that stays the same through reloads of one tab. */
function tabName(): string {
  try {
    const name = sessionStorage.getItem(`${UPLOAD_PREFIX}tab`) ?? uuid()
    sessionStorage.setItem(`${UPLOAD_PREFIX}tab`, name)
    return name
  } catch {
    return ''
  }
}
