import type { ChildProcess } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { killGroup } from './process-groups.ts'

const FIRST_BACKOFF_MS = 250
const LONGEST_BACKOFF_MS = 10_000
const STEADY_MS = 60_000

export interface Keeping {
  /** Starts the child as leader of a new process group. */
  spawn(): ChildProcess
  onSpawn?(child: ChildProcess): void
  /** Called when it died on its own; it restarts after `backoffMs`. */
  onDeath?(death: Death): void
}

export interface Death {
  pid: number
  how: string
  backoffMs: number
}

export interface Kept {
  /** Sends `signal`, kills the group after `graceMs` or at `hurry`, and does not restart the child. */
  stop(signal: NodeJS.Signals, graceMs: number, hurry?: AbortSignal): Promise<void>
}

/** Milliseconds before the next start: 0.25 s, doubling to 10 s, and reset after a minute of running. */
export function backoffAfter(previousMs: number, livedMs: number): number {
  if (previousMs === 0 || livedMs >= STEADY_MS) return FIRST_BACKOFF_MS
  return Math.min(previousMs * 2, LONGEST_BACKOFF_MS)
}

/** Runs a child and restarts it whenever it dies. */
export function keepAlive(keeping: Keeping): Kept {
  let child: ChildProcess | undefined
  let again: NodeJS.Timeout | undefined
  let backoffMs = 0
  let stopping = false

  const begin = () => {
    const born = Date.now()
    const spawned = keeping.spawn()
    child = spawned
    keeping.onSpawn?.(spawned)
    const { pid } = spawned
    // Any other error (a signal that could not be sent) is followed by `exit`, or by no event.
    spawned.on('error', error => {
      if (pid === undefined) ended(pid, error.message, born)
    })
    spawned.once('exit', (code, signal) => ended(pid, signal ?? `exit code ${code}`, born))
  }
  const ended = (pid: number | undefined, how: string, born: number) => {
    // Kills its own children too, so that a new worker does not meet the old one's engines.
    if (pid !== undefined) killGroup(pid)
    if (stopping) return
    backoffMs = backoffAfter(backoffMs, Date.now() - born)
    again = setTimeout(begin, backoffMs)
    keeping.onDeath?.({ pid: pid ?? 0, how, backoffMs })
  }
  begin()
  return {
    async stop(signal, graceMs, hurry) {
      stopping = true
      clearTimeout(again)
      if (child) await endChild(child, signal, { graceMs, hurry })
    },
  }
}

async function endChild(
  child: ChildProcess,
  signal: NodeJS.Signals,
  limits: { graceMs: number; hurry: AbortSignal | undefined },
): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const patience = new AbortController()
  const enough = AbortSignal.any([patience.signal, ...(limits.hurry ? [limits.hurry] : [])])
  child.kill(signal)
  await Promise.race([gone, wait(limits.graceMs, undefined, { signal: enough }).catch(() => {})])
  patience.abort()
  if (child.exitCode === null && child.signalCode === null) killGroup(child.pid)
  await gone
}
