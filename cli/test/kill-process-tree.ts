import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** A descendant of this process, and its command line where it can be read. */
export interface Relative {
  pid: number
  parent: number
  command: string
}

/**
 * All descendants of this process, including orphans: those of a test run are identified by its own temporary folder.
 */
export function ownProcessTree(): Relative[] {
  const parents = process.platform === 'linux' ? parentsOnLinux() : parentsByPs()
  const tree = new Set([process.pid])
  // A set that grows during iteration is visited to its end.
  for (const member of tree) for (const [pid, parent] of parents) if (parent === member) tree.add(pid)
  for (const pid of parents.keys()) if (isOfThisRun(pid)) tree.add(pid)
  for (let pid = process.pid; pid > 0; pid = parents.get(pid) ?? 0) tree.delete(pid)
  return [...tree].map(pid => ({ pid, parent: parents.get(pid) ?? 0, command: commandOf(pid) }))
}

/** Kills all descendants of this process. */
export function killProcessTree(): void {
  for (const { pid } of ownProcessTree()) signal(pid, 'SIGKILL')
}

/** Empty for a zombie, and where there is no /proc. */
function commandOf(pid: number): string {
  return read(`${pid}/cmdline`).split('\0').join(' ').trim()
}

function parentsOnLinux(): Map<number, number> {
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return new Map(pids.map(pid => [Number(pid), Number(/^PPid:\s+(\d+)/m.exec(read(`${pid}/status`))?.[1])]))
}

function parentsByPs(): Map<number, number> {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  return new Map(lines.map(line => line.trim().split(/\s+/).map(Number) as [number, number]))
}

function isOfThisRun(pid: number): boolean {
  const folder = tmpdir()
  return (
    folder.includes('nightshift-test-') && read(`${pid}/environ`).split('\0').includes(`TMPDIR=${folder}`)
  )
}

function read(name: string): string {
  try {
    return readFileSync(`/proc/${name}`, 'utf8')
  } catch {
    return '' // It has ended, or there is no /proc.
  }
}

/** Sends a signal to a process; a dead one is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended in the meantime.
  }
}
