import type { Jobs, WorkerStatus } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'

const EVERY_MS = 5_000

export interface Reports {
  /** Changes what is reported and tells it at once. */
  say(state: Pick<WorkerStatus, 'ready' | 'trouble'>): void
  /** Says a last word. */
  stop(): Promise<void>
}

/** Tells every few seconds how this worker is. A report that does not arrive is followed by the next one. */
export function startReports(
  jobs: Pick<Jobs, 'heartbeat'>,
  who: Pick<WorkerStatus, 'worker' | 'slots'>,
  log: Logger,
): Reports {
  let report: WorkerStatus = { ...who, ready: false, trouble: 'The worker is starting.' }
  const tell = () =>
    jobs.heartbeat(report).catch(error => log.warn({ err: error }, 'the worker’s report was not taken'))
  const timer = setInterval(tell, EVERY_MS)
  void tell()
  return {
    say(state) {
      report = { ...report, ...state }
      void tell()
    },
    async stop() {
      clearInterval(timer)
      report = { ...report, ready: false, trouble: 'The worker has stopped.' }
      await tell()
    },
  }
}
