import type { Server } from 'socket.io'
import { snapshotOf } from '#lib/job-snapshot.ts'
import type { EventSubscription, Job, JobEvent, Jobs } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'
import type { EventHub } from '../event-hub.ts'
import { findJob } from '../job-access.ts'
import { PositionPusher } from './position-pusher.ts'
import type { ServerEvents } from './protocol.ts'
import { emitTo, rooms, roomsWithListeners } from './rooms.ts'

export interface EventRelay extends EventSubscription {
  /** Pushes what changed of the waiting jobs since they were last read. */
  pushPositions(): void
}

/** Relays the database's events to the browsers' rooms. */
export function startEventRelay(
  io: Server<object, ServerEvents>,
  { jobs, events, basePath, log }: { jobs: Jobs; events: EventHub; basePath: string; log: Logger },
): EventRelay {
  const roomsOf = new Map<string, string[]>()
  const positions = new PositionPusher({ io, jobs, onError })

  /** A tick contains only the job's id; its rooms are read once and cached while it runs. */
  async function roomsFor(id: string): Promise<string[]> {
    const kept = roomsOf.get(id)
    if (kept) return kept
    const job = await findJob({ jobs }, { id })
    return job ? keepRooms(job) : []
  }

  function keepRooms(job: Job): string[] {
    const names = rooms.of(job)
    if (isTerminal(job.state)) roomsOf.delete(job.id)
    else roomsOf.set(job.id, names)
    return names
  }

  async function relay(event: JobEvent): Promise<void> {
    // No client is connected; a new one begins with a snapshot.
    if (io.engine.clientsCount === 0) return roomsOf.clear()
    if (event.type === 'progress') {
      const { type: _, ...tick } = event
      emitTo({ io, names: await roomsFor(event.id) }, 'progress', tick)
    } else if (event.type === 'gone') {
      emitTo({ io, names: rooms.of(event) }, 'gone', { id: event.id })
      roomsOf.delete(event.id)
      positions.schedule()
    } else {
      await relayChange(event)
      positions.schedule()
    }
  }

  async function relayChange({ id, state }: Extract<JobEvent, { type: 'changed' }>): Promise<void> {
    const kept = roomsOf.get(id)
    if (kept && isTerminal(state)) roomsOf.delete(id)
    if (kept && roomsWithListeners(io, kept).length === 0) return
    const job = await findJob({ jobs }, { id })
    if (job) emitTo({ io, names: keepRooms(job) }, 'job', snapshotOf(job, basePath, positions.positionOf(id)))
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
    },
  }
}
