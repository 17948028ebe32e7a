import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** A process, distinguished from a later one with the same pid. */
export interface ProcessId {
  pid: number
  /** Its start time in the system's own format. */
  started: string
}

/** The process that has this pid now. */
export function identify(pid: number): ProcessId | undefined {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedByPs(pid)
  return started === undefined ? undefined : { pid, started }
}

/** Whether this process still runs; false for another one with the same pid. */
export function isAlive(id: ProcessId): boolean {
  return identify(id.pid)?.started === id.started
}

/** The command line of a process. */
export function commandLineOf(pid: number): string {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/**
 * Ends a process with its group: sends `signal`, kills after `graceMs` milliseconds. Does nothing to another process
 * with the same pid.
 */
export async function endGroup(id: ProcessId, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!isAlive(id)) return
  process.kill(id.pid, signal)
  if (!(await isGoneWithin(id, graceMs)) && isAlive(id)) {
    killGroup(id.pid)
    await isGoneWithin(id, 5000)
  }
}

/** Sends SIGKILL to the rest of a group whose leader was our child. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is empty.
  }
}

async function isGoneWithin(id: ProcessId, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await wait(25)) if (!isAlive(id)) return true
  return !isAlive(id)
}

/** Clock ticks since boot, together with the boot id: the same ticks may recur after a restart of the machine. */
function startedOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may contain spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie is dead; its parent has not read its exit code yet.
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`
  } catch {
    return undefined
  }
}

function startedByPs(pid: number): string | undefined {
  try {
    const [state, ...started] = execFileSync('ps', ['-o', 'state=,lstart=', '-p', String(pid)], {
      encoding: 'utf8',
    })
      .trim()
      .split(/\s+/)
    return state?.startsWith('Z') ? undefined : started.join(' ')
  } catch {
    return undefined
  }
}
