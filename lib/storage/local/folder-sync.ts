import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { codeOf } from './durable.ts'

interface Syncs {
  /** Whoever came after it began needs the next one. */
  underWay: Promise<void>
  next: Promise<void> | undefined
}

/**
 * Makes the entries of folders survive a power cut; a file's own fsync does not do that. All files of a moment lie in
 * one folder of folders: those that wait for it share one sync.
 */
export class FolderSync {
  readonly #syncs = new Map<string, Syncs>()

  /** The folders from `from` up to and with `to`. */
  async syncUpwards(from: string, to: string): Promise<void> {
    for (let at = from; ; at = dirname(at)) {
      await this.#sync(at)
      if (at === to) return
    }
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
  // Pruned in the meantime: it was empty, so nothing in it was ours.
  const folder = await open(path, 'r').catch(error => {
    if (codeOf(error) !== 'ENOENT') throw error
  })
  try {
    await folder?.sync()
  } finally {
    await folder?.close()
  }
}
