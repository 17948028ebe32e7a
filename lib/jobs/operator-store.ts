import type { WorkerStatus } from '../jobs.ts'
import type { EngineOrder, WorkerOrders } from '../worker-orders.ts'

/** A worker that reported in the last minutes, perhaps no longer. */
export interface SeenWorker extends WorkerStatus {
  /** When it last reported. */
  seenAt: Date
}

/** What a sweep would delete: how many, counted up to `MOST_COUNTED`, and since when the first one waits for it. */
export interface DueCount {
  count: number
  /** Where false, there are more. */
  exact: boolean
  oldest: Date | null
}

/** What the sweeps of the retention would delete. */
export interface RetentionPreview {
  /** Jobs whose files have expired. */
  files: DueCount
  /** Jobs older than the history. */
  rows: DueCount
}

/** So many rows are counted one by one for an operator. */
export const MOST_COUNTED = 1000

/** The part of a job store that serves operators. */
export interface OperatorStore {
  /** Since when no job is started; null where jobs are. */
  pausedSince(): Promise<Date | null>
  /** Lets no job start from now on; an earlier pause goes on. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** What is ordered of a worker; its orders for engines are taken. */
  takeOrders(worker: string): Promise<WorkerOrders>
  /** Returns whether the worker has reported lately. */
  drainIfSeen(worker: string, isDrained: boolean): Promise<boolean>
  /** Returns false where the worker has not reported lately, or takes no orders. */
  orderIfSeen(worker: string, order: EngineOrder): Promise<boolean>
  /** The workers that reported in the last minutes, by name. */
  seenWorkers(): Promise<SeenWorker[]>
  retentionPreview(at: { now: Date; endedBefore: Date }): Promise<RetentionPreview>
}
