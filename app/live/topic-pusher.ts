import type { Server } from 'socket.io'
import type { PushedTopics, ServerEvents } from './protocol.ts'
import { emitTo, rooms, roomsWithListeners } from './rooms.ts'

/** The time between two pushes, in milliseconds. */
const PUSH_EVERY_MS = 1000

export interface TopicPusherOptions<Topic extends keyof PushedTopics> {
  io: Server<object, ServerEvents>
  topic: Topic
  read(): Promise<PushedTopics[Topic]>
  onError(error: unknown): void
}

/** Pushes a topic once a second while an operator looks at it; otherwise it reads nothing, and has no timer. */
export class TopicPusher<Topic extends keyof PushedTopics> {
  readonly #options: TopicPusherOptions<Topic>
  readonly #room: string
  #timer: NodeJS.Timeout | undefined
  #pushing: Promise<void> | undefined

  constructor(options: TopicPusherOptions<Topic>) {
    this.#options = options
    this.#room = rooms.operators(options.topic)
    const { adapter } = options.io.of('/')
    adapter.on('create-room', this.#onRoom)
    adapter.on('delete-room', this.#onRoom)
  }

  async stop(): Promise<void> {
    const { adapter } = this.#options.io.of('/')
    adapter.off('create-room', this.#onRoom)
    adapter.off('delete-room', this.#onRoom)
    this.#rest()
    await this.#pushing
  }

  readonly #onRoom = (room: string): void => {
    if (room !== this.#room) return
    if (roomsWithListeners(this.#options.io, [room]).length === 0) this.#rest()
    else if (this.#timer === undefined) {
      this.#timer = setInterval(() => this.#next(), PUSH_EVERY_MS)
      this.#next()
    }
  }

  #rest(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  /** A slow read is not followed by a second one beside it. */
  #next(): void {
    this.#pushing ??= this.#push()
      .catch(this.#options.onError)
      .finally(() => {
        this.#pushing = undefined
      })
  }

  async #push(): Promise<void> {
    const { io, topic, read } = this.#options
    emitTo({ io, names: [this.#room] }, 'topic', { topic, now: await read() })
  }
}
