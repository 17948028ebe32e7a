import { randomUUID } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isPidInUse } from '../../pid.ts'

/** The folder of unfinished files. Keys cannot reach it, because it begins with a dot. */
export const PARTIAL = '.partial'

const ABANDONED_MS = 24 * 3_600_000

/**
 * A name for an unfinished file that contains its writer, so that another process can detect that the writer is dead.
 */
export function partialName(): string {
  return `${hostname()}~${process.pid}~${randomUUID()}`
}

/**
 * Deletes the unfinished files of dead processes. Several processes share one folder, so a file is only deleted when
 * its writer is dead on this host, or silent for a day (a writer on another host cannot be checked).
 */
export async function sweepPartials(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (writerIsDead(name) || (await isAbandoned(path))) await rm(path, { force: true })
  }
}

export function writerIsDead(name: string): boolean {
  const [host, pid] = name.split('~')
  return host === hostname() && Number(pid) > 0 && !isPidInUse(Number(pid))
}

async function isAbandoned(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS
}
