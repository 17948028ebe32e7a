import type { Jobs } from '../jobs.ts'
import { batched } from './batched.ts'
import type { JobPorts } from './ports.ts'
import { type Capacity, startsInS } from './start-estimate.ts'

/** @see Jobs.queuePositions */
export function createQueuePositions(
  { store, queue }: Pick<JobPorts, 'store' | 'queue'>,
  capacity: () => Promise<Capacity>,
): Jobs['queuePositions'] {
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
