import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'

/** The bits of open(2)'s flags that are not zero where a file is written. */
const WRITES = 0o3

/**
 * Which of these files some process has open for writing, as far as this user may see that; on systems without /proc
 * nobody can tell, and none is.
 */
export async function openForWriting(paths: readonly string[]): Promise<ReadonlySet<string>> {
  const wanted = new Set(paths)
  const found = new Set<string>()
  const processes = await readdir('/proc').catch(() => [])
  for (const pid of processes.filter(name => /^\d+$/.test(name)))
    for (const number of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      const path = await readlink(join('/proc', pid, 'fd', number)).catch(() => '')
      if (wanted.has(path) && (await isWritten(pid, number))) found.add(path)
    }
  return found
}

async function isWritten(pid: string, number: string): Promise<boolean> {
  const info = await readFile(join('/proc', pid, 'fdinfo', number), 'utf8').catch(() => '')
  const flags = /^flags:\s*([0-7]+)/m.exec(info)?.[1] ?? '0'
  return (Number.parseInt(flags, 8) & WRITES) !== 0
}
