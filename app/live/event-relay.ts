import type { Server } from 'socket.io'
import { snapshotOf } from '#lib/job-snapshot.ts'
import type { EventSubscription, Job, JobEvent, Jobs } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'
import { isTerminal, type QueuePosition } from '#lib/vocabulary/job.ts'
import type { EventHub } from '../event-hub.ts'
import type { ServerEvents } from './protocol.ts'

/** The rooms of a job's events. The owner chooses a batch's name, so a batch room includes the owner. */
export const rooms = {
  job: (id: string) => `job ${id}`,
  batch: (owner: string, batchId: string) => `batch ${owner} ${batchId}`,
  owner: (owner: string) => `owner ${owner}`,
  of: (job: Job) => [rooms.job(job.id), rooms.batch(job.owner, job.batchId), rooms.owner(job.owner)],
}

/** The shortest time between two pushes of queue positions, in milliseconds. */
const POSITIONS_EVERY_MS = 250

/** Relays the database's events to the browsers' rooms. */
export function startEventRelay(
  io: Server<object, ServerEvents>,
  { jobs, events, basePath, log }: { jobs: Jobs; events: EventHub; basePath: string; log: Logger },
): EventSubscription {
  const roomsOf = new Map<string, string[]>()
  let published = new Map<string, QueuePosition>()
  let positionsTimer: NodeJS.Timeout | undefined

  /** A tick contains only the job's id; its rooms are read once and cached while it runs. */
  async function roomsFor(id: string): Promise<string[]> {
    const kept = roomsOf.get(id)
    if (kept) return kept
    const job = await jobs.get(id)
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
      io.to(await roomsFor(event.id)).emit('progress', tick)
    } else if (event.type === 'gone') {
      io.to(await roomsFor(event.id)).emit('gone', { id: event.id })
      roomsOf.delete(event.id)
    } else {
      const job = await jobs.get(event.id)
      if (job) io.to(keepRooms(job)).emit('job', snapshotOf(job, basePath, published.get(job.id)))
      positionsTimer ??= setTimeout(() => void pushPositions().catch(onRelayError), POSITIONS_EVERY_MS)
    }
  }

  /** Pushes new queue positions to waiting jobs, whose rows have not changed. */
  async function pushPositions(): Promise<void> {
    positionsTimer = undefined
    const positions = await jobs.queuePositions()
    const moved = [...positions].filter(([id, position]) => published.get(id)?.position !== position.position)
    published = positions
    for (const [id] of moved) {
      const job = await jobs.get(id)
      if (job) io.to(keepRooms(job)).emit('job', snapshotOf(job, basePath, positions.get(id)))
    }
  }

  const onRelayError = (error: unknown) => {
    // Browsers that missed an event read again.
    log.warn({ err: error }, 'an event could not be relayed')
    io.emit('resync')
  }

  const subscription = events.subscribe(
    event => void relay(event).catch(onRelayError),
    () => void io.emit('resync'),
  )
  return {
    async stop() {
      clearTimeout(positionsTimer)
      await subscription.stop()
    },
  }
}
