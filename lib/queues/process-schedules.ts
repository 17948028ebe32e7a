import type { Clock } from '../jobs/clock.ts'
import type { QueueMessage, QueueName, Schedule } from '../queue.ts'
import { nextCronTime } from './cron.ts'
import { hashedId } from './hashed-id.ts'

/** A message that could not be sent is sent again after so many milliseconds, until its schedule's next one is due. */
const AGAIN_MS = 5_000

type Send<N extends QueueName> = (name: N, messages: readonly QueueMessage[]) => Promise<void>

/**
 * The schedules of a queue that has none of its own: the process that made them sends their messages. Several
 * processes with the same schedule send the same message, with one id for each schedule and time.
 */
export class ProcessSchedules<N extends QueueName = QueueName> {
  readonly #send: Send<N>
  readonly #clock: Clock
  readonly #cancels = new Map<string, () => void>()

  constructor(send: Send<N>, clock: Clock) {
    this.#send = send
    this.#clock = clock
  }

  /** @throws Error for a cron expression or time zone that cannot be read */
  set(schedule: Schedule<N>): void {
    const cancel = this.#start(schedule)
    this.remove(schedule.name, schedule.key)
    this.#cancels.set(keyOf(schedule.name, schedule.key), cancel)
  }

  remove(name: N, key: string): void {
    this.#cancels.get(keyOf(name, key))?.()
    this.#cancels.delete(keyOf(name, key))
  }

  stop(): void {
    for (const cancel of this.#cancels.values()) cancel()
    this.#cancels.clear()
  }

  #start(schedule: Schedule<N>): () => void {
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

/** The id of a schedule's message at a time in milliseconds since 1970. */
export const scheduledId = ({ name, key }: Pick<Schedule, 'name' | 'key'>, time: number): string =>
  hashedId(name, key, time)
