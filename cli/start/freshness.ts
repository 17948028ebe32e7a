import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'

/** The length of a hash by `hashOf`. */
export const HASH_LENGTH = 64

/** A hash of these files' names and contents, independent of their order and times. Names are relative to `root`. */
export function hashOf(root: string, files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of [...new Set(files)].sort()) {
    const content = readFileSync(file)
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/** Whether the output beside `stamp` was made from sources with this hash. */
export function isFresh(stamp: string, hash: string): boolean {
  try {
    return readFileSync(stamp, 'utf8') === hash
  } catch {
    return false
  }
}

/** Records the hash of the sources of an output. */
export function markFresh(stamp: string, hash: string): void {
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, hash)
}
