import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openForWriting } from './open-for-writing.ts'

/** Names that programs give to what is not finished, or beside an open document. */
const TEMPORARY =
  /^[.~]|^_vti|\.(tmp|temp|part|partial|crdownload|download|swp|lock)$|~$|^(thumbs\.db|desktop\.ini)$/i

/** Finds the files of a folder that nobody writes any more: they are as they were at the look before. */
export class StableFiles {
  readonly #folder: string
  #seen = new Map<string, string>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The names of those that are stable. Hidden and temporary files, folders and links are left alone. */
  async look(): Promise<string[]> {
    const before = this.#seen
    this.#seen = new Map()
    for (const name of await readdir(this.#folder)) {
      if (TEMPORARY.test(name)) continue
      const stats = await lstat(join(this.#folder, name), { bigint: true }).catch(() => undefined)
      if (stats?.isFile()) this.#seen.set(name, `${stats.ino} ${stats.size} ${stats.mtimeNs}`)
    }
    const same = [...this.#seen.keys()].filter(name => before.get(name) === this.#seen.get(name))
    if (same.length === 0) return []
    const written = await openForWriting(same.map(name => join(this.#folder, name)))
    return same.filter(name => !written.has(join(this.#folder, name)))
  }
}
