import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { isPidInUse } from '#lib/pid.ts'

const POLL_EVERY_MS = 5
/**
 * Only reached where the kernel cannot end a process; freeing much memory takes a busy machine some seconds. In
 * milliseconds.
 */
const GONE_WITHIN_MS = 20_000
/** A hostile document may start processes faster than they can be stopped; those die with their sandbox. */
const MAX_READS = 20
/**
 * In milliseconds. Reached only by a process that waits inside the kernel: for a disk, for the child it has just made,
 * or for the namespaces of the one that it is making.
 */
const STOPPED_WITHIN_MS = 100

/** Kills a process with all its descendants and waits until none is left. @throws Error after 20 s */
export async function endProcessTree(pid: number): Promise<void> {
  const processTree = stoppedProcessTree(pid)
  signalAll(processTree, 'SIGKILL')
  await untilGone(processTree, GONE_WITHIN_MS)
}

/** Lets the processes of a tree stand still. */
export function pauseProcessTree(processTree: readonly number[]): void {
  signalAll(processTree, 'SIGSTOP')
}

/** Lets them go on. */
export function resumeProcessTree(processTree: readonly number[]): void {
  signalAll(processTree, 'SIGCONT')
}

/**
 * Stops the whole tree before any of it is killed: a running process may start another one after the list was read,
 * which would survive as an orphan and hold our ends of its outputs open.
 */
function stoppedProcessTree(pid: number): number[] {
  const stopped = new Set<number>()
  for (let look = 0; look < MAX_READS; look++) {
    const all = processTreeOf(pid)
    const fresh = all.filter(member => !stopped.has(member))
    if (fresh.length === 0 && !all.some(mayStillStartOne)) break
    signalAll(fresh, 'SIGSTOP')
    untilStopped(all)
    for (const member of fresh) stopped.add(member)
  }
  return [...stopped]
}

/**
 * Waits until none of the processes runs: the signal returns before it takes effect, and one that is starting a child
 * at that moment goes on until the child exists, which the next read of the list could miss. Synchronous, because the
 * rest of the tree grows meanwhile.
 */
function untilStopped(pids: readonly number[]): void {
  const deadline = performance.now() + STOPPED_WITHIN_MS
  let left = pids
  do left = left.filter(isUnderWay)
  while (left.length > 0 && performance.now() < deadline)
}

/** A process that waits for the child it has just made starts no other one before; any other may be in the middle of it. */
function mayStillStartOne(pid: number, _index: number, all: readonly number[]): boolean {
  return isUnderWay(pid) && !all.some(other => statusOf(other)?.parent === pid)
}

/** Whether a process is neither stopped, by a signal or a debugger, nor dead. */
function isUnderWay(pid: number): boolean {
  const status = statusOf(pid)
  return status !== undefined && !'TtZX'.includes(status.state)
}

/**
 * A process with all its descendants, as the kernel lists them, including those in a PID namespace. On systems without
 * /proc only the process itself. It is synchronous, because the kernel answers in microseconds for each process:
 * awaiting would take ten times as long, in which the tree grows.
 */
export function processTreeOf(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of processNumbers()) {
    const status = statusOf(name)
    if (status) parents.set(name, status.parent)
  }
  const processTree = [pid]
  for (const member of processTree)
    for (const [child, parent] of parents) if (parent === member) processTree.push(child)
  return processTree
}

function processNumbers(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}

/** Sends a signal to every process of the list at once; dead ones are no error. */
function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, signal)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // EPERM: another user's process already has this pid.
      if (code !== 'ESRCH' && code !== 'EPERM') throw error
    }
}

/**
 * Waits until none of the processes runs any more. SIGKILL returns at once, but memory and files are freed a little
 * later, and the slot must not be used before that. An unreaped zombie counts as gone.
 * @throws Error when one still runs after `withinMs` milliseconds
 */
async function untilGone(pids: readonly number[], withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs
  let left = pids
  for (;;) {
    left = left.filter(isRunning)
    if (left.length === 0) return
    if (performance.now() > deadline)
      throw new Error(`processes ${left.join(', ')} still run ${withinMs} ms after SIGKILL`)
    await wait(POLL_EVERY_MS)
  }
}

/** Whether a process runs; a zombie does not. */
export function isRunning(pid: number): boolean {
  if (process.platform !== 'linux') return isPidInUse(pid)
  const status = statusOf(pid)
  return status !== undefined && !'ZX'.includes(status.state)
}

function statusOf(pid: number): { state: string; parent: number } | undefined {
  const text = statOf(pid)
  // The name in parentheses may itself contain spaces and parentheses, so the last one counts.
  const [state, parent] = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return state && parent ? { state, parent: Number(parent) } : undefined
}

/** Empty once it has ended. */
function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}
