import type { Server } from 'socket.io'
import { snapshotOf } from '#lib/job-snapshot.ts'
import type { EventSubscription, JobEvent, Jobs } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'
import { isPurged, isTerminal } from '#lib/vocabulary/job.ts'
import type { EventHub } from '../event-hub.ts'
import { findJob } from '../job-access.ts'
import type { ObserveWeb } from '../metrics/web-fact.ts'
import { BatchPusher } from './batch-pusher.ts'
import { JobKeysCache } from './job-keys-cache.ts'
import { OperatorRows } from './operator-rows.ts'
import { PositionPusher } from './position-pusher.ts'
import type { ServerEvents } from './protocol.ts'
import { emitTo, rooms, roomsWithListeners } from './rooms.ts'

export interface EventRelay extends EventSubscription {
  /** Pushes what changed of the waiting jobs since they were last read. */
  pushPositions(): void
}

export interface RelayOptions {
  jobs: Jobs
  events: EventHub
  basePath: string
  observe: ObserveWeb
  log: Logger
}

/** Relays the database's events to the browsers' rooms. */
export function startEventRelay(
  io: Server<object, ServerEvents>,
  { jobs, events, basePath, observe, log }: RelayOptions,
): EventRelay {
  const cache = new JobKeysCache(jobs)
  const positions = new PositionPusher({ io, jobs, onError })
  const batches = new BatchPusher({ io, jobs, basePath, onError })
  const rows = new OperatorRows({ io, jobs, onError })

  async function relay(event: JobEvent): Promise<void> {
    // No client is connected; a new one begins with a snapshot.
    if (io.engine.clientsCount === 0) return cache.clear()
    if (event.type === 'progress') {
      const { type: _, ...tick } = event
      const keys = await cache.of(event.id)
      if (!keys) return
      emitTo({ io, names: rooms.of(keys) }, 'progress', tick)
      batches.schedule(keys)
    } else if (event.type === 'gone') {
      emitTo({ io, names: rooms.of(event) }, 'gone', { id: event.id })
      cache.forget(event.id)
      rows.schedule(event.id)
      batches.schedule(event, { isRemoval: true })
      positions.schedule()
    } else {
      rows.schedule(event.id)
      await relayChange(event)
      positions.schedule()
    }
  }

  async function relayChange({ id, state }: Extract<JobEvent, { type: 'changed' }>): Promise<void> {
    const kept = cache.kept(id)
    if (kept && isTerminal(state)) cache.forget(id)
    if (kept && roomsWithListeners(io, rooms.of(kept)).length === 0) return
    const job = await findJob({ jobs }, { id })
    // Who listened to a purged job has heard that it is gone.
    if (!job || isPurged(job)) return
    const keys = cache.keep(job)
    emitTo({ io, names: rooms.of(keys) }, 'job', snapshotOf(job, basePath, positions.positionOf(id)))
    // Later changes of a job that has ended are not its end.
    if (kept && job.finishedAt) observe({ type: 'pushed', lagS: secondsSince(job.finishedAt) })
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
      await rows.stop()
    },
  }
}

/** Never negative: the time may be from the clock of another machine. */
function secondsSince(time: Date): number {
  return Math.max(0, (Date.now() - time.getTime()) / 1000)
}
