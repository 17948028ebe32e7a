import { LEASE_MS, type MaintenanceResult } from '../jobs.ts'
import { sendUnlessAway, sendWebhooksUnlessAway } from './announce.ts'
import { failUnanswered } from './fail-unanswered.ts'
import type { JobPorts } from './ports.ts'
import { rescueSilent } from './rescue-jobs.ts'

/** A message that is younger is still being sent by whoever wrote its row, in milliseconds. */
const SENDING_MS = 5_000

/**
 * Makes the function behind `Jobs.maintain`. It delays the rescue by lease after an outage: no worker could renew while
 * the store was down, so a whole lease must pass first.
 */
export function createMaintain(ports: JobPorts): (now: Date) => Promise<MaintenanceResult> {
  const { store } = ports
  let trustedSince = Number.POSITIVE_INFINITY
  let lastRun = Number.NEGATIVE_INFINITY
  return async now => {
    const time = now.getTime()
    await failUnanswered(ports, now) // Throws while the store is down; then this run does not count.
    if (time - lastRun > LEASE_MS / 2) trustedSince = time
    lastRun = time
    const before = new Date(time - SENDING_MS)
    const unsent = await store.unsent(before)
    if (unsent.length > 0) await sendUnlessAway(ports, unsent)
    const webhooks = await store.unsentWebhooks(before)
    if (webhooks.length > 0) await sendWebhooksUnlessAway(ports, webhooks)
    return { rescued: time - trustedSince >= LEASE_MS ? await rescueSilent(ports, now) : [] }
  }
}

/** @see Jobs.removeOld */
export function removeOld({ store, historyMs }: JobPorts, now: Date): Promise<number> {
  return store.removeEndedBefore(new Date(now.getTime() - historyMs))
}

/** @see Jobs.markFilesDeleted */
export async function markFilesDeleted({ store, bus }: JobPorts, ids: readonly string[]): Promise<void> {
  for (const row of await store.markFilesDeleted(ids)) bus.publish({ type: 'changed', ...row })
}
