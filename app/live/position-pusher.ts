import { isDeepStrictEqual } from 'node:util'
import type { Server } from 'socket.io'
import type { Jobs, WaitingJob } from '#lib/jobs.ts'
import type { QueuePosition } from '#lib/vocabulary/job.ts'
import type { MovedJob, ServerEvents } from './protocol.ts'
import { emitTo, rooms, roomsWithListeners } from './rooms.ts'

/** The shortest time between two pushes, in milliseconds. */
const PUSH_EVERY_MS = 1000
/** A push waits this long for more changes, in milliseconds. */
const GATHER_MS = 250
/** While jobs wait, what the workers report is read again without a change of a job, in milliseconds. */
const REREAD_EVERY_MS = 2000
/** A long queue is read and pushed less often: at most so many positions a second. */
const POSITIONS_PER_SECOND = 4000

interface PositionPusherOptions {
  io: Server<object, ServerEvents>
  jobs: Pick<Jobs, 'queuePositions'>
  onError(error: unknown): void
}

/** Pushes new queue positions to waiting jobs, whose rows have not changed. */
export class PositionPusher {
  readonly #options: PositionPusherOptions
  #published = new Map<string, WaitingJob>()
  #pushedAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #rereading: NodeJS.Timeout | undefined
  #pushing = Promise.resolve()

  constructor(options: PositionPusherOptions) {
    this.#options = options
  }

  /** The position that was pushed last. */
  positionOf(id: string): QueuePosition | undefined {
    return this.#published.get(id)?.queue
  }

  /** After a job came to the queue or left it, or somebody subscribed: pushes once for all changes of the next moment. */
  schedule(): void {
    const everyMs = Math.max(PUSH_EVERY_MS, (this.#published.size / POSITIONS_PER_SECOND) * 1000)
    const delayMs = Math.max(GATHER_MS, this.#pushedAt + everyMs - performance.now())
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#pushedAt = performance.now()
      this.#pushing = this.#pushing.then(() => this.#push()).catch(this.#options.onError)
    }, delayMs)
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#pushing
    clearTimeout(this.#rereading)
  }

  /** One read of the queue, and one message to each room with listeners. */
  async #push(): Promise<void> {
    const { io, jobs } = this.#options
    clearTimeout(this.#rereading)
    const before = this.#published
    this.#published = await jobs.queuePositions()
    const byRoom = new Map<string, MovedJob[]>()
    for (const [id, { owner, batchId, queue }] of this.#published) {
      if (isDeepStrictEqual(before.get(id)?.queue, queue)) continue
      for (const name of roomsWithListeners(io, rooms.of({ id, owner, batchId }))) {
        const moved = byRoom.get(name) ?? []
        moved.push({ id, queue })
        byRoom.set(name, moved)
      }
    }
    for (const [name, moved] of byRoom) emitTo({ io, names: [name] }, 'positions', moved)
    if (this.#published.size === 0 || io.engine.clientsCount === 0) return
    this.#rereading = setTimeout(() => this.schedule(), REREAD_EVERY_MS)
  }
}
