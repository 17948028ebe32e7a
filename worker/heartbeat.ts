import type { Jobs, WorkerStatus } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'

const EVERY_MS = 5_000

export interface Heartbeat {
  /** Changes what is reported and reports it at once. */
  update(state: Pick<WorkerStatus, 'ready' | 'trouble'>): void
  /** Reports that the worker stops. */
  stop(): Promise<void>
}

/** Reports every few seconds how this worker is. A report that does not arrive is followed by the next one. */
export function startHeartbeat(
  jobs: Pick<Jobs, 'heartbeat'>,
  who: Pick<WorkerStatus, 'worker' | 'slots'>,
  log: Logger,
): Heartbeat {
  let status: WorkerStatus = { ...who, ready: false, trouble: 'The worker is starting.' }
  const beat = () =>
    jobs.heartbeat(status).catch(error => log.warn({ err: error }, 'the worker’s report was not taken'))
  const timer = setInterval(beat, EVERY_MS)
  void beat()
  return {
    update(state) {
      status = { ...status, ...state }
      void beat()
    },
    async stop() {
      clearInterval(timer)
      status = { ...status, ready: false, trouble: 'The worker has stopped.' }
      await beat()
    },
  }
}
