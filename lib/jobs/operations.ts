import type { QueueStats } from '../jobs.ts'
import type { EngineOrder, WorkerOrders } from '../worker-orders.ts'
import type { answeredWithin } from './deadline.ts'
import type { RetentionPreview, SeenWorker } from './operator-store.ts'
import type { JobPorts } from './ports.ts'
import { readWorkers } from './reported-workers.ts'

/** What operators ask of the jobs, and what workers ask for them. */
export interface JobOperations {
  /** Counts for the operator. */
  stats(): Promise<QueueStats>
  /** Lets no worker start a job, until `resume`; workers look every second. Running jobs go on. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** What is ordered of a worker, which carries it out; its orders for engines are told this once. */
  takeOrders(worker: string): Promise<WorkerOrders>
  /** Lets one worker start no job, or jobs again. Returns false where it has not reported lately. */
  drain(worker: string, isDrained: boolean): Promise<boolean>
  /** Orders something of one process of a worker. Returns false where the worker has not reported lately. */
  order(worker: string, order: EngineOrder): Promise<boolean>
  /** The workers that reported in the last minutes, by name, with those that are silent. */
  seenWorkers(): Promise<SeenWorker[]>
  /** What the sweeps of files and of old rows would delete now. */
  retentionPreview(now: Date): Promise<RetentionPreview>
}

export function operationsOf(
  ports: Pick<JobPorts, 'store' | 'historyMs' | 'functionSlots'>,
  answered: ReturnType<typeof answeredWithin>,
): JobOperations {
  const { store, historyMs } = ports
  return {
    stats: answered(async () => {
      const [counts, workers, pausedSince] = await Promise.all([
        store.counts(),
        readWorkers(ports),
        store.pausedSince(),
      ])
      return { ...counts, workers, pausedSince }
    }),
    pause: answered(() => store.pause()),
    resume: answered(() => store.resume()),
    takeOrders: worker => store.takeOrders(worker),
    drain: answered((worker, isDrained) => store.drainIfSeen(worker, isDrained)),
    order: answered((worker, order) => store.orderIfSeen(worker, order)),
    seenWorkers: answered(() => store.seenWorkers()),
    retentionPreview: answered(now =>
      store.retentionPreview({ now, endedBefore: new Date(now.getTime() - historyMs) }),
    ),
  }
}
