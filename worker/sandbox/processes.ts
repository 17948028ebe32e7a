import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

const LOOK_EVERY_MS = 5
const GONE_WITHIN_MS = 2000

/** Kills a process with all that descend from it and waits until nothing is left. @throws Error after 2 s */
export async function endFamily(pid: number): Promise<void> {
  const family = await familyOf(pid)
  killAll(family)
  await untilGone(family, GONE_WITHIN_MS)
}

/**
 * A process with all that descend from it, as the kernel lists them: also those in a PID namespace of their own.
 * On systems without /proc only the process itself.
 */
export async function familyOf(pid: number): Promise<number[]> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc').catch(() => [])) {
    const status = /^\d+$/.test(name) ? await statusOf(Number(name)) : undefined
    if (status) parents.set(Number(name), status.parent)
  }
  const family = [pid]
  for (const member of family)
    for (const [child, parent] of parents) if (parent === member) family.push(child)
  return family
}

/** Kills every process of the list at once; those already gone are fine. */
function killAll(pids: readonly number[]): void {
  for (const pid of pids)
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // EPERM: the number already belongs to somebody else's process.
      if (code !== 'ESRCH' && code !== 'EPERM') throw error
    }
}

/**
 * Waits until none of the processes runs any more. SIGKILL returns at once, but memory and files are given back a
 * little later, and the slot must not be used before that. A zombie that nobody collects counts as gone.
 * @throws Error when one still runs after `withinMs`
 */
async function untilGone(pids: readonly number[], withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs
  let left = pids
  for (;;) {
    const running = await Promise.all(left.map(isRunning))
    left = left.filter((_, index) => running[index])
    if (left.length === 0) return
    if (performance.now() > deadline)
      throw new Error(`processes ${left.join(', ')} still run ${withinMs} ms after SIGKILL`)
    await wait(LOOK_EVERY_MS)
  }
}

/** Whether a process runs; a zombie does not. */
export async function isRunning(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return exists(pid)
  const status = await statusOf(pid)
  return status !== undefined && !'ZX'.includes(status.state)
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function statusOf(pid: number): Promise<{ state: string; parent: number } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  // The name in parentheses may itself hold spaces and parentheses: count from the last one.
  const [state, parent] = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? []
  return state && parent ? { state, parent: Number(parent) } : undefined
}
