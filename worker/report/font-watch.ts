import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const POLL_MS = 5_000
const MAX_FOLDERS = 5_000

export interface FontWatchOptions {
  /** A missing one may appear later. */
  folders: readonly string[]
  /** Called some seconds after the last change of fonts. */
  onChange(): void
  /** For tests. */
  pollMs?: number
}

export interface FontWatch {
  close(): void
}

/** Watches font folders by their modification times: a check every few seconds without further software. */
export async function watchFonts(options: FontWatchOptions): Promise<FontWatch> {
  const { folders, onChange, pollMs = POLL_MS } = options
  const poll = new FolderTimes(folders)
  let stated = await poll.all()
  let last = stated
  const timer = setInterval(async () => {
    const now = await poll.all()
    const isSettled = now === last
    last = now
    if (now === stated || !isSettled) return
    stated = now
    onChange()
  }, pollMs)
  timer.unref()
  return { close: () => clearInterval(timer) }
}

interface Folder {
  changedMs: number
  inside: readonly string[]
}

/** The times of folders and everything below; only changed folders are listed again. */
class FolderTimes {
  readonly #roots: readonly string[]
  #known = new Map<string, Folder>()

  constructor(roots: readonly string[]) {
    this.#roots = roots
  }

  /** The same text as long as nothing changes. */
  async all(): Promise<string> {
    const seen = new Map<string, Folder>()
    const waiting = [...this.#roots]
    for (let path = waiting.pop(); path !== undefined && seen.size < MAX_FOLDERS; path = waiting.pop()) {
      const folder = await this.#read(path).catch(() => undefined)
      if (!folder || seen.has(path)) continue
      seen.set(path, folder)
      waiting.push(...folder.inside)
    }
    this.#known = seen
    return [...seen].map(([path, { changedMs }]) => `${path} ${changedMs}`).join('\n')
  }

  async #read(path: string): Promise<Folder> {
    const { mtimeMs: changedMs } = await stat(path)
    const known = this.#known.get(path)
    if (known?.changedMs === changedMs) return known
    const entries = await readdir(path, { withFileTypes: true })
    const inside = entries.filter(entry => entry.isDirectory()).map(entry => join(path, entry.name))
    return { changedMs, inside }
  }
}
