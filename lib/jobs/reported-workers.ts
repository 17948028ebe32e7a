import type { WorkerStatus } from '../jobs.ts'
import { FUNCTIONS, isFunction } from '../pid.ts'
import type { JobPorts } from './ports.ts'
import type { JobStore } from './store.ts'

/** The workers that reported in the last seconds, and the functions that a message would start. */
export async function readWorkers({
  store,
  functionSlots = 0,
}: Pick<JobPorts, 'functionSlots'> & { store: Pick<JobStore, 'workers'> }): Promise<WorkerStatus[]> {
  const reported = await store.workers()
  const functions = reported.filter(({ worker }) => isFunction(worker))
  // One that could not work says so, and the others have the same image and settings.
  if (functions.some(({ ready }) => !ready) && !functions.some(({ ready }) => ready)) return reported
  const slots = functionSlots - functions.reduce((sum, one) => sum + one.slots, 0)
  return slots > 0 ? [...reported, { worker: FUNCTIONS, slots, ready: true, trouble: null }] : reported
}
