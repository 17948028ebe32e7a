import { createHash } from 'node:crypto'
import type { Clock } from '../jobs/clock.ts'
import type { QueueMessage, QueueName, Schedule } from '../queue.ts'
import { nextCronTime } from './cron.ts'

/** A message that could not be sent is sent again after so many milliseconds, until its schedule's next one is due. */
const AGAIN_MS = 5_000

type Send = (name: QueueName, messages: readonly QueueMessage[]) => Promise<void>

/**
 * The schedules of a queue that has none of its own: the process that made them sends their messages. Several
 * processes with the same schedule send the same message, with one id for each schedule and time.
 */
export class ProcessSchedules {
  readonly #send: Send
  readonly #clock: Clock
  readonly #cancels = new Map<string, () => void>()

  constructor(send: Send, clock: Clock) {
    this.#send = send
    this.#clock = clock
  }

  /** @throws Error for a cron expression or time zone that cannot be read */
  set(schedule: Schedule): void {
    const cancel = this.#start(schedule)
    this.remove(schedule.name, schedule.key)
    this.#cancels.set(keyOf(schedule.name, schedule.key), cancel)
  }

  remove(name: QueueName, key: string): void {
    this.#cancels.get(keyOf(name, key))?.()
    this.#cancels.delete(keyOf(name, key))
  }

  stop(): void {
    for (const cancel of this.#cancels.values()) cancel()
    this.#cancels.clear()
  }

  #start(schedule: Schedule): () => void {
    const clock = this.#clock
    let [cancelNext, cancelAgain] = [() => {}, () => {}]
    const send = async (time: number) => {
      const message = { id: scheduledId(schedule, time), body: schedule.body }
      try {
        await this.#send(schedule.name, [message])
      } catch {
        // The queue logs that it is away.
        cancelAgain = clock.after(AGAIN_MS, () => void send(time))
      }
    }
    function waitAfter(last: number): void {
      const time = nextCronTime(schedule, last)
      cancelNext = clock.after(time - clock.now(), () => {
        cancelAgain()
        void send(time)
        // A timer may fire early, and the same minute must not come twice.
        waitAfter(Math.max(time, clock.now()))
      })
    }
    waitAfter(clock.now())
    return () => {
      cancelNext()
      cancelAgain()
    }
  }
}

const keyOf = (name: QueueName, key: string) => `${name} ${key}`

/** The id of a schedule's message at a time in milliseconds since 1970: a UUID of version 8, made of a hash. */
export function scheduledId({ name, key }: Pick<Schedule, 'name' | 'key'>, time: number): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([name, key, time]))
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
