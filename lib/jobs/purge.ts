import type { Job } from '../jobs.ts'
import { AppError } from '../vocabulary/errors.ts'
import { isPurged } from '../vocabulary/job.ts'
import { cancelUnlessEnded } from './cancel.ts'
import type { JobPorts } from './ports.ts'

/** So often another write may come between. */
const MOST_TRIES = 5

/** @see Jobs.purge */
export async function purge(ports: JobPorts, id: string): Promise<Job> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await cancelUnlessEnded(ports, id)
    const purged = await ports.store.purgeIfEnded(id)
    if (purged) {
      const { job, owner, batchId } = purged
      ports.bus.publish({ type: 'gone', id, owner, batchId })
      return job
    }
    const job = await ports.store.get(id)
    if (!job || isPurged(job)) throw new AppError('job_not_found')
  }
  // Its sender retried it each time.
  throw new AppError('not_ended')
}
