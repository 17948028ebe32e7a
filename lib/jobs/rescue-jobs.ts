import { LEASE_MS } from '../jobs.ts'
import { AppError } from '../vocabulary/errors.ts'
import { traceLostAttempt } from './attempt-trace.ts'
import { failIfStillLeased } from './fail.ts'
import type { JobPorts } from './ports.ts'
import type { HeldLease } from './store.ts'

/** Queues the jobs of a dead worker again. Returns their ids. */
export async function rescueWorker(ports: JobPorts, worker: string): Promise<string[]> {
  return rescue(ports, await ports.store.leasesOf(worker))
}

/** Queues the jobs again whose lease was not renewed for `LEASE_MS` before `now`. Returns their ids. */
export async function rescueSilent(ports: JobPorts, now: Date): Promise<string[]> {
  return rescue(ports, await ports.store.leasesBefore(new Date(now.getTime() - LEASE_MS)))
}

async function rescue(ports: JobPorts, leases: readonly HeldLease[]): Promise<string[]> {
  const rescued: string[] = []
  for (const { worker, ...token } of leases) {
    const log = `worker ${worker} is gone`
    const error = new AppError('worker_lost', { log }).toStoredError()
    const job = await failIfStillLeased(ports, token, { error, outcome: 'lost', log })
    if (!job) continue
    rescued.push(token.id)
    traceLostAttempt(ports, job)
  }
  return rescued
}
