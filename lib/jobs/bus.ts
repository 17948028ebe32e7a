/** The contract of the event bus: changes of jobs, from the process that wrote them to every process. */
import type { EventSubscription, JobEvent } from '../jobs.ts'

export interface EventBus {
  /** @see Guarantees */
  readonly noticesGaps: boolean
  /**
   * Publishes without waiting. An event that cannot be published is lost: it costs time, because every reader can read
   * the row again, but never a job. Of a job's ticks only the last one may arrive.
   */
  publish(event: JobEvent): void
  /** Calls `onGap` when events may have been missed. */
  subscribe(onEvent: (event: JobEvent) => void, onGap: () => void): Promise<EventSubscription>
  /** Resolves when all that was published before is out, or lost. For a process that may be frozen then. */
  flush(): Promise<void>
  /** Publishes what is left, then closes all connections. */
  close(): Promise<void>
}
