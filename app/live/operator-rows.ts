import type { Server } from 'socket.io'
import type { Jobs } from '#lib/jobs.ts'
import type { ServerEvents } from './protocol.ts'
import { emitTo, rooms, roomsWithListeners } from './rooms.ts'

/** The time between two pushes, in milliseconds; one reads and brings so many rows at the most. */
const EVERY_MS = 1000
const MOST_ROWS = 200

interface OperatorRowsOptions {
  io: Server<object, ServerEvents>
  jobs: Pick<Jobs, 'search' | 'guarantees'>
  onError(error: unknown): void
}

/** Pushes changed jobs to operators who look at them, once a second; nothing is read while none does. */
export class OperatorRows {
  readonly #options: OperatorRowsOptions
  readonly #changed = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #pushing = Promise.resolve()

  constructor(options: OperatorRowsOptions) {
    this.#options = options
  }

  /** After a job changed. */
  schedule(id: string): void {
    const { io, jobs } = this.#options
    if (!jobs.guarantees.searches || roomsWithListeners(io, ROOM).length === 0) {
      this.#changed.clear()
      return
    }
    this.#changed.add(id)
    this.#start()
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer)
    await this.#pushing
  }

  #start(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#pushing = this.#push().catch(this.#options.onError)
    }, EVERY_MS)
  }

  async #push(): Promise<void> {
    const { io, jobs } = this.#options
    const ids = [...this.#changed].slice(0, MOST_ROWS)
    for (const id of ids) this.#changed.delete(id)
    if (this.#changed.size > 0) this.#start()
    const [rows, counts] = await Promise.all([jobs.search.findByIds(ids), jobs.search.countStates()])
    emitTo({ io, names: ROOM }, 'jobRows', { rows, counts })
  }
}

const ROOM = [rooms.operators('jobs')]
