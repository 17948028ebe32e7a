import type { Jobs, WorkerStatus } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'

const EVERY_MS = 5_000

export interface ReportOptions {
  jobs: Pick<Jobs, 'heartbeat'>
  /** The status at this moment. */
  status(): WorkerStatus
  log: Logger
}

/** Reports a function's status while it works, and leaves neither a timer nor a call open for the time when it is frozen. */
export async function reportWhile<T>(
  { jobs, status, log }: ReportOptions,
  work: () => Promise<T>,
): Promise<T> {
  const report = () =>
    jobs.heartbeat(status()).catch(error => log.warn({ err: error }, 'the function’s report was not taken'))
  let last = report()
  const timer = setInterval(() => {
    last = report()
  }, EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    await last
  }
}
