import type { Server as HttpServer } from 'node:http'
import { Server, type Socket } from 'socket.io'
import * as z from 'zod'
import { batchViewOf } from '#lib/batch-view.ts'
import { snapshotOf } from '#lib/job-snapshot.ts'
import type { Job, Jobs } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'
import type { BatchView } from '#lib/vocabulary/batch.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { readFields } from './api/form-fields.ts'
import { invalidRequest } from './api/invalid-request.ts'
import type { EventHub } from './event-hub.ts'
import { livePath, rewriteToOriginForm } from './http.ts'
import { findJob } from './job-access.ts'
import { startEventRelay } from './live/event-relay.ts'
import { watchAsOperator } from './live/operator-watch.ts'
import { type ClientEvents, MOST_JOBS, type ServerEvents, type Subscription } from './live/protocol.ts'
import { rooms } from './live/rooms.ts'
import type { ObserveWeb } from './metrics/web-fact.ts'
import type { Operators } from './operators.ts'
import { isOwnOrigin, type PublicAddress } from './origin.ts'
import type { Owners } from './owners.ts'

const SubscriptionSchema = z
  .strictObject({
    jobIds: z.array(z.uuid(), `a list of up to ${MOST_JOBS} ids`).max(MOST_JOBS),
    batchId: z.uuid(),
    mine: z.literal(true),
  })
  .partial()

/** Validates a subscription. @throws AppError `unknown_field`, `invalid_request` */
function readSubscription(to: unknown): Subscription {
  const { jobIds, batchId, mine } = readFields(to, SubscriptionSchema)
  const [subscription, ...more] = [jobIds && { jobIds }, batchId && { batchId }, mine && { mine }].filter(
    part => part !== undefined,
  )
  if (subscription && more.length === 0) return subscription
  throw invalidRequest('a subscription is for one of jobIds, batchId and mine')
}

function countSocket(socket: Socket, observe: ObserveWeb): void {
  observe({ type: 'socketOpened' })
  socket.on('disconnect', () => observe({ type: 'socketClosed' }))
}

interface Subscribed {
  found: Job[]
  batch?: BatchView | null
}

export interface LiveOptions {
  jobs: Jobs
  events: EventHub
  owners: Owners
  operators: Pick<Operators, 'sessionOf'>
  config: PublicAddress
  observe: ObserveWeb
  log: Logger
}

/** Socket.IO at /socket.io below BASE_PATH: rooms, a snapshot for every subscription, and the relay of later events. */
export function startLive(
  http: HttpServer,
  { jobs, events, owners, operators, config, observe, log }: LiveOptions,
): { stop(): Promise<void> } {
  const io = new Server<ClientEvents, ServerEvents>(http, {
    path: livePath(config.basePath),
    serveClient: false,
    maxHttpBufferSize: 100_000,
    // `cors.origin` alone lets a foreign page connect by WebSocket with the victim's cookie.
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request, config)),
  })

  // Before Socket.IO's listener, which recognizes its requests by the beginning of their target.
  http.prependListener('request', rewriteToOriginForm)

  io.on('connection', socket => {
    countSocket(socket, observe)
    socket.on('watch', (topic, answer) => watchAsOperator(socket, operators, { topic, answer }))
    socket.on('alive', answer => typeof answer === 'function' && answer())
    socket.on('subscribe', async (to, answer) => {
      if (typeof answer !== 'function') return
      try {
        const { found, batch } = await subscribe(socket, readSubscription(to))
        const waiting = found.filter(job => job.state === 'queued').map(job => job.id)
        const positions = waiting.length > 0 ? await jobs.queuePositions(waiting) : new Map()
        if (waiting.length > 0) relay.pushPositions()
        const snapshots = found.map(job => snapshotOf(job, config.basePath, positions.get(job.id)?.queue))
        answer({ jobs: snapshots, ...(batch !== undefined && { batch }) })
      } catch (error) {
        if (error instanceof AppError && error.status < 500) return answer({ error: error.toJobError() })
        log.warn({ err: error }, 'a subscription failed')
        socket.emit('resync')
      }
    })
  })

  /**
   * Joins the rooms first and reads the jobs then: events in between are pushed, and the reader drops what is older.
   */
  async function subscribe(
    socket: Socket<ClientEvents, ServerEvents>,
    to: Subscription,
  ): Promise<Subscribed> {
    if ('jobIds' in to) {
      await socket.join(to.jobIds.map(rooms.job))
      const found = await Promise.all(to.jobIds.map(id => findJob({ jobs }, { id })))
      return { found: found.filter(job => job !== undefined) }
    }
    const { owner, identified } = owners.of(socket.request)
    if ('batchId' in to) return subscribeToBatch(socket, to.batchId, owner)
    if (!identified) return { found: [] }
    await socket.join(rooms.owner(owner))
    return { found: (await jobs.list({ owner, limit: MOST_JOBS })).items }
  }

  /** The room of its owner, who may be somebody else; before the first job that of whoever asks. */
  async function subscribeToBatch(
    socket: Socket<ClientEvents, ServerEvents>,
    batchId: string,
    asker: string,
  ): Promise<Subscribed> {
    const owner = (await jobs.batch(batchId))?.owner ?? asker
    await socket.join(rooms.batch(owner, batchId))
    const batch = await jobs.batch(batchId)
    if (!batch) return { found: [], batch: null }
    const { items } = await jobs.list({ owner, batchId, limit: MOST_JOBS })
    return { found: items, batch: batchViewOf(batch, config.basePath) }
  }

  const relay = startEventRelay(io, { jobs, events, basePath: config.basePath, observe, log })
  return {
    async stop() {
      await relay.stop()
      await io.close()
    },
  }
}
