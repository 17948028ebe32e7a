import { type Jobs, WORKER_STARTING, type WorkerStatus } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'
import type { WorkerActivity } from '#lib/worker-activity.ts'

const EVERY_MS = 5_000

export interface Heartbeat {
  /** Changes the reported status and sends it at once; resolves when it is stored, or could not be. */
  update(state: Pick<WorkerStatus, 'ready' | 'trouble' | 'sandbox'>): Promise<void>
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
  const report = async () => {
    const told = await activity()
    // The status of this moment: it may have changed meanwhile, and that was reported already.
    await jobs.heartbeat({ ...status, activity: told })
  }
  const beat = () => report().catch(error => log.warn({ err: error }, 'the worker’s report was not taken'))
  const timer = setInterval(beat, EVERY_MS)
  void beat()
  return {
    update(state) {
      status = { ...status, ...state }
      return beat()
    },
    async stop() {
      clearInterval(timer)
      status = { ...status, ready: false, trouble: 'The worker has stopped.' }
      await beat()
    },
  }
}
