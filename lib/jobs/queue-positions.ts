import { cachedFor } from '../cached-for.ts'
import type { Jobs } from '../jobs.ts'
import { batched } from './batched.ts'
import type { JobPorts } from './ports.ts'
import { readThroughput, startsInS } from './start-estimate.ts'

/** How long one reading of the throughput serves, in milliseconds. */
const READ_EVERY_MS = 1000

/** @see Jobs.queuePositions */
export function createQueuePositions({ store, queue }: JobPorts): Jobs['queuePositions'] {
  const throughput = cachedFor(READ_EVERY_MS, () => readThroughput(store))
  return async ids => {
    const waiting = await store.queuePositions(ids)
    const now = waiting.size > 0 ? await throughput() : null
    return new Map(
      [...waiting].map(([id, { ahead, ...whose }]) => {
        const place = queue.keepsOrder ? { position: ahead + 1, ahead } : { position: null, ahead: null }
        return [id, { ...whose, queue: { ...place, startsInS: now && startsInS(ahead, now) } }]
      }),
    )
  }
}

/** Positions that are asked for at the same time share one read. */
export function createQueuePosition(queuePositions: Jobs['queuePositions']): Jobs['queuePosition'] {
  return batched(async ids => {
    const positions = await queuePositions(ids)
    return ids.map(id => ({ status: 'fulfilled', value: positions.get(id)?.queue ?? null }))
  })
}
