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

/** Stands for the functions of AWS Lambda that do not run now. */
export const FUNCTIONS = 'lambda'

/** The name under which a function takes jobs. Its log stream is its own, and says where its log is. */
export function functionName(logStream: string): string {
  return `${FUNCTIONS}/${logStream}`
}

export function isFunction(worker: string): boolean {
  return worker.startsWith(`${FUNCTIONS}/`)
}
