import { cachedFor } from '../cached-for.ts'
import type { Jobs } from '../jobs.ts'
import { batched } from './batched.ts'
import type { JobPorts } from './ports.ts'
import { readCapacity, startsInS } from './start-estimate.ts'

/** How long one reading of the workers and their throughput serves, in milliseconds. */
const READ_EVERY_MS = 1000

/** @see Jobs.queuePositions */
export function createQueuePositions(ports: JobPorts): Jobs['queuePositions'] {
  const { store, queue } = ports
  const capacity = cachedFor(READ_EVERY_MS, () => readCapacity(ports))
  return async ids => {
    const waiting = await store.queuePositions(ids)
    if (waiting.size === 0) return new Map()
    const { workers, throughput } = await capacity()
    return new Map(
      [...waiting].map(([id, { ahead, ...whose }]) => {
        const place = queue.keepsOrder ? { position: ahead + 1, ahead } : { position: null, ahead: null }
        const estimate = throughput && startsInS(ahead, throughput)
        return [id, { ...whose, queue: { ...place, startsInS: estimate, workers } }]
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
