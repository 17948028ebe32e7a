/** Files kept in this browser, in IndexedDB. A file that the browser refuses to store counts as not kept. */

import { BASE_PATH } from './address.ts'

/** Each instance on a host has its own database, so that `removeOthers` of one does not delete the other's files. */
const DATABASE = `${BASE_PATH}nightshift`
const STORE = 'files'

export class FileStore {
  #opened: Promise<IDBDatabase | null> | undefined
  /** Writes run one after another, because a large drop must not read all its files at once. */
  #last: Promise<unknown> = Promise.resolve()
  readonly #wanted = new Set<string>()

  /** The browser copies the file when its turn comes, unless it was removed before. */
  put(key: string, file: File): void {
    this.#wanted.add(key)
    this.#then(() => this.#wanted.has(key) && this.#run('readwrite', store => store.put(file, key)))
  }

  /** Null for a file that was not kept. */
  async take(key: string): Promise<File | null> {
    const file = await this.#run('readonly', store => store.get(key))
    return file instanceof File ? file : null
  }

  remove(key: string): void {
    this.#wanted.delete(key)
    this.#then(() => this.#run('readwrite', store => store.delete(key)))
  }

  /** Deletes files that a crash left behind. */
  async removeOthers(isKnown: (key: string) => boolean): Promise<void> {
    const keys = await this.#run('readonly', store => store.getAllKeys())
    for (const key of keys ?? []) if (!isKnown(String(key))) this.remove(String(key))
  }

  #then(act: () => unknown): void {
    this.#last = this.#last.then(act)
  }

  async #run<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
    this.#opened ??= open()
    const database = await this.#opened
    if (!database) return null
    return new Promise(resolve => {
      const refused = () => resolve(null)
      try {
        const transaction = database.transaction(STORE, mode)
        const request = act(transaction.objectStore(STORE))
        transaction.oncomplete = () => resolve(request.result)
        transaction.onabort = transaction.onerror = refused
      } catch {
        refused()
      }
    })
  }
}

function open(): Promise<IDBDatabase | null> {
  return new Promise(resolve => {
    try {
      const request = indexedDB.open(DATABASE, 1)
      request.onupgradeneeded = () => request.result.createObjectStore(STORE)
      request.onsuccess = () => resolve(request.result)
      request.onerror = request.onblocked = () => resolve(null)
    } catch {
      resolve(null)
    }
  })
}
