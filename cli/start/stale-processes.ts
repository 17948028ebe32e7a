import type { Instance } from './instance.ts'
import { endGroup } from './process-groups.ts'

/** Time to hand running conversions back, in milliseconds. */
const GRACE_MS = 20_000

/** Ends the web process and the worker of a killed launcher. Returns how many there were. */
export async function endStaleProcesses(previous: Instance): Promise<void> {
  await Promise.all(Object.values(previous.children).map(child => endGroup(child, 'SIGTERM', GRACE_MS)))
}
