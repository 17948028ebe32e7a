import type { Server } from 'socket.io'
import { snapshotOf } from '#lib/job-snapshot.ts'
import type { EventSubscription, Job, JobEvent, Jobs } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'
import { isPurged, isTerminal } from '#lib/vocabulary/job.ts'
import type { EventHub } from '../event-hub.ts'
import { findJob } from '../job-access.ts'
import { BatchPusher } from './batch-pusher.ts'
import { PositionPusher } from './position-pusher.ts'
import type { ServerEvents } from './protocol.ts'
import { emitTo, rooms, roomsWithListeners } from './rooms.ts'

export interface EventRelay extends EventSubscription {
  /** Pushes what changed of the waiting jobs since they were last read. */
  pushPositions(): void
}

type JobKeys = Pick<Job, 'id' | 'owner' | 'batchId'>

/** Relays the database's events to the browsers' rooms. */
export function startEventRelay(
  io: Server<object, ServerEvents>,
  { jobs, events, basePath, log }: { jobs: Jobs; events: EventHub; basePath: string; log: Logger },
): EventRelay {
  const running = new Map<string, JobKeys>()
  const positions = new PositionPusher({ io, jobs, onError })
  const batches = new BatchPusher({ io, jobs, basePath, onError })

  /** A tick contains only the job's id; its owner and batch are read once and cached while it runs. */
  async function keysFor(id: string): Promise<JobKeys | undefined> {
    const kept = running.get(id)
    if (kept) return kept
    const job = await findJob({ jobs }, { id })
    return job && keep(job)
  }

  function keep({ id, owner, batchId, state }: Job): JobKeys {
    const keys = { id, owner, batchId }
    if (isTerminal(state)) running.delete(id)
    else running.set(id, keys)
    return keys
  }

  async function relay(event: JobEvent): Promise<void> {
    // No client is connected; a new one begins with a snapshot.
    if (io.engine.clientsCount === 0) return running.clear()
    if (event.type === 'progress') {
      const { type: _, ...tick } = event
      const keys = await keysFor(event.id)
      if (!keys) return
      emitTo({ io, names: rooms.of(keys) }, 'progress', tick)
      batches.schedule(keys)
    } else if (event.type === 'gone') {
      emitTo({ io, names: rooms.of(event) }, 'gone', { id: event.id })
      running.delete(event.id)
      batches.schedule(event, { isRemoval: true })
      positions.schedule()
    } else {
      await relayChange(event)
      positions.schedule()
    }
  }

  async function relayChange({ id, state }: Extract<JobEvent, { type: 'changed' }>): Promise<void> {
    const kept = running.get(id)
    if (kept && isTerminal(state)) running.delete(id)
    if (kept && roomsWithListeners(io, rooms.of(kept)).length === 0) return
    const job = await findJob({ jobs }, { id })
    // Who listened to a purged job has heard that it is gone.
    if (!job || isPurged(job)) return
    const keys = keep(job)
    emitTo({ io, names: rooms.of(keys) }, 'job', snapshotOf(job, basePath, positions.positionOf(id)))
    batches.schedule(keys)
  }

  function onError(error: unknown): void {
    // Browsers that missed an event read again.
    log.warn({ err: error }, 'an event could not be relayed')
    io.emit('resync')
  }

  const subscription = events.subscribe(
    event => void relay(event).catch(onError),
    () => void io.emit('resync'),
  )
  return {
    pushPositions: () => positions.schedule(),
    async stop() {
      await subscription.stop()
      await positions.stop()
      await batches.stop()
    },
  }
}
