import type { Server } from 'socket.io'
import { batchViewOf } from '#lib/batch-view.ts'
import type { Job, Jobs } from '#lib/jobs.ts'
import type { ServerEvents } from './protocol.ts'
import { emitTo, rooms, roomsWithListeners } from './rooms.ts'

/** The shortest time between two pushes of one batch, in milliseconds. */
const PUSH_EVERY_MS = 1000

interface BatchPusherOptions {
  io: Server<object, ServerEvents>
  jobs: Pick<Jobs, 'batch'>
  basePath: string
  onError(error: unknown): void
}

type BatchKey = Pick<Job, 'owner' | 'batchId'>

/** One batch whose jobs have changed lately. */
interface BatchPush {
  /** The changes so far; what was read before the latest removal is not pushed. */
  removals: number
  timer: NodeJS.Timeout
  isChanged: boolean
}

/** Pushes the counts of batches whose jobs change, to rooms with listeners. */
export class BatchPusher {
  readonly #options: BatchPusherOptions
  readonly #pushes = new Map<string, BatchPush>()
  readonly #reading = new Set<Promise<void>>()

  constructor(options: BatchPusherOptions) {
    this.#options = options
  }

  /** After a change of a job: pushes at once, or when a second has passed since the last push. */
  schedule(batch: BatchKey, { isRemoval = false } = {}): void {
    const room = rooms.batch(batch.owner, batch.batchId)
    if (roomsWithListeners(this.#options.io, [room]).length === 0) return
    const push = this.#pushes.get(room)
    if (push) {
      push.isChanged = true
      if (isRemoval) push.removals++
    } else this.#start(room, batch)
  }

  async stop(): Promise<void> {
    for (const { timer } of this.#pushes.values()) clearTimeout(timer)
    this.#pushes.clear()
    await Promise.all(this.#reading)
  }

  #start(room: string, batch: BatchKey): void {
    const timer = setTimeout(() => this.#next(room, batch), PUSH_EVERY_MS)
    const push = { removals: 0, timer, isChanged: false }
    this.#pushes.set(room, push)
    const reading = this.#push(room, batch, push)
      .catch(this.#options.onError)
      .finally(() => this.#reading.delete(reading))
    this.#reading.add(reading)
  }

  #next(room: string, batch: BatchKey): void {
    const isChanged = this.#pushes.get(room)?.isChanged
    this.#pushes.delete(room)
    if (isChanged) this.#start(room, batch)
  }

  async #push(room: string, { owner, batchId }: BatchKey, push: BatchPush): Promise<void> {
    const { io, jobs, basePath } = this.#options
    const { removals } = push
    const batch = await jobs.batch(batchId)
    // What was read before a removal may have a higher version than what comes after it.
    if (batch?.owner === owner && removals === push.removals)
      emitTo({ io, names: [room] }, 'batch', batchViewOf(batch, basePath))
  }
}
