import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

/** A process, told apart from a later one that was given the same number. */
export interface ProcessId {
  pid: number
  /** When it began, in whatever form the system says it. */
  started: string
}

/** The process that has this number now. */
export function identify(pid: number): ProcessId | undefined {
  const started = process.platform === 'linux' ? startedOnLinux(pid) : startedByPs(pid)
  return started === undefined ? undefined : { pid, started }
}

/** Whether this very process still runs: never true of a stranger with the same number. */
export function isAlive(id: ProcessId): boolean {
  return identify(id.pid)?.started === id.started
}

/** The words that a process was started with, one after another. */
export function commandLineOf(pid: number): string {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  } catch {
    return ''
  }
}

/** Ends a process with its group: asks with `signal`, kills after `graceMs`. Does nothing to a stranger. */
export async function endGroup(id: ProcessId, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!isAlive(id)) return
  process.kill(id.pid, signal)
  if (!(await isGoneWithin(id, graceMs)) && isAlive(id)) {
    killGroup(id.pid)
    await isGoneWithin(id, 5000)
  }
}

/** SIGKILL to what is left of a group whose leader was our child. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing is left of it.
  }
}

async function isGoneWithin(id: ProcessId, ms: number): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await wait(25)) if (!isAlive(id)) return true
  return !isAlive(id)
}

/** Clock ticks since boot, with the boot: after a restart of the machine the same ticks may come again. */
function startedOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie is dead, only nobody has asked for its exit code yet.
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
