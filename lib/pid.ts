import { hostname } from 'node:os'

/** The name under which a worker of this host takes jobs: `host/pid`. */
export function workerName(pid: number): string {
  return `${hostname()}/${pid}`
}

/** Whether a process of this host has the number, also another user's. A zombie that nobody collected counts. */
export function isPidInUse(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
