import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf } from './durable.ts'

interface Syncs {
  /** A request that arrives after it began needs the next one. */
  underWay: Promise<void>
  next: Promise<void> | undefined
}

/**
 * Makes the entries of folders survive a power cut, which a file's own fsync does not do. Concurrent files share a
 * parent folder, so they share one sync.
 */
export class FolderSync {
  readonly #syncs = new Map<string, Syncs>()

  /** Syncs the folders from `from` up to and including `to`, side by side: the disk writes them down together. */
  async syncUpwards(from: string, to: string): Promise<void> {
    const syncs: Promise<void>[] = []
    for (let at = from; ; at = dirname(at)) {
      syncs.push(this.#sync(at))
      if (at === to) break
    }
    await Promise.all(syncs)
  }

  #sync(path: string): Promise<void> {
    const syncs = this.#syncs.get(path)
    if (!syncs) return this.#begin(path)
    const begin = () => this.#begin(path)
    syncs.next ??= syncs.underWay.then(begin, begin)
    return syncs.next
  }

  #begin(path: string): Promise<void> {
    const underWay = syncFolder(path)
    const syncs: Syncs = { underWay, next: undefined }
    this.#syncs.set(path, syncs)
    const forget = () => {
      if (!syncs.next) this.#syncs.delete(path)
    }
    underWay.then(forget, forget)
    return underWay
  }
}

async function syncFolder(path: string): Promise<void> {
  // Removed in the meantime: it was empty, so none of our files was in it.
  const folder = await open(path, 'r').catch(error => {
    if (codeOf(error) !== 'ENOENT') throw error
  })
  try {
    await folder?.sync()
  } finally {
    await folder?.close()
  }
}
