import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile, readlink, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** The record of a tree's files, in its folder. */
const FILES = 'files.json'
/** So many files are read at a time. */
const AT_A_TIME = 16

/** What each file of a tree contains: the SHA-256, or where the link leads. */
export async function recordFiles(tree: string): Promise<void> {
  await writeFile(join(tree, FILES), JSON.stringify(await contentsOf(tree), undefined, 1))
}

/** The files that are missing, added or changed since the tree was made. */
export async function changedFiles(tree: string): Promise<string[]> {
  const recorded = JSON.parse(await readFile(join(tree, FILES), 'utf8')) as Record<string, string>
  const found = await contentsOf(tree)
  const names = new Set([...Object.keys(recorded), ...Object.keys(found)])
  return [...names].filter(name => recorded[name] !== found[name]).sort()
}

/** Without the folder's own files, which describe the tree. */
async function contentsOf(tree: string): Promise<Record<string, string>> {
  const entries = readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory() && entry.parentPath !== tree)
    .values()
  const contents: Record<string, string> = {}
  const readSome = async () => {
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name)
      contents[relative(tree, path)] = entry.isSymbolicLink()
        ? `-> ${await readlink(path)}`
        : createHash('sha256')
            .update(await readFile(path))
            .digest('hex')
    }
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, readSome))
  return contents
}
