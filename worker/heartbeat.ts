import type { Jobs } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'
import {
  WORKER_DRAINED,
  WORKER_STARTING,
  WORKER_STOPPED,
  type WorkerActivity,
  type WorkerStatus,
} from '#lib/worker-activity.ts'

const EVERY_MS = 5_000

/** How a worker reports itself. */
type ReportedState = Pick<WorkerStatus, 'ready' | 'trouble' | 'sandbox'>

export interface Heartbeat {
  /** Changes the reported status and sends it at once; resolves when it is stored, or could not be. */
  update(state: ReportedState): Promise<void>
  /** While a worker is drained, it is not ready, whatever its state; sends that at once. */
  drain(isDrained: boolean): Promise<void>
  /** Reports that the worker stops. */
  stop(): Promise<void>
}

/** The reporting worker. */
export interface Reporter extends Pick<WorkerStatus, 'worker' | 'slots'> {
  /** What it does at this moment. */
  activity(): Promise<WorkerActivity>
}

/** Reports this worker's status every few seconds. A lost report is followed by the next one. */
export function startHeartbeat(
  jobs: Pick<Jobs, 'heartbeat'>,
  { activity, ...who }: Reporter,
  log: Logger,
): Heartbeat {
  let status: WorkerStatus = { ...who, ready: false, trouble: WORKER_STARTING }
  let isDrained = false
  const report = async () => {
    const told = await activity()
    // The status of this moment: it may have changed meanwhile, and that was reported already.
    const drained = isDrained && status.ready && { ready: false, trouble: WORKER_DRAINED }
    await jobs.heartbeat({ ...status, ...drained, activity: told })
  }
  const beat = () => report().catch(error => log.warn({ err: error }, 'the worker’s report was not taken'))
  const timer = setInterval(beat, EVERY_MS)
  void beat()
  return {
    update(state) {
      status = { ...status, ...state }
      return beat()
    },
    drain(drained) {
      isDrained = drained
      return beat()
    },
    async stop() {
      clearInterval(timer)
      status = { ...status, ready: false, trouble: WORKER_STOPPED }
      await beat()
    },
  }
}
