import type { Job, JobEvent, Jobs } from '#lib/jobs.ts'
import { LifeChecker } from '../life-checker.ts'

export interface RecordedJobs {
  jobs: Jobs
  /** Ends the recording and gives what was against the model. */
  stop(): Promise<string[]>
}

/** The same jobs; every event, the row at each of them and every row that a caller gets are replayed by the model. */
export async function recordJobs(jobs: Jobs): Promise<RecordedJobs> {
  const life = new LifeChecker()
  const versions = new Map<string, number>()
  const shrunk: string[] = []
  let reading = Promise.resolve()

  async function read(id: string): Promise<void> {
    const row = await jobs.get(id)
    if (!row) return
    life.row(row)
    const last = versions.get(id) ?? 0
    if (row.version < last) shrunk.push(`job ${id} has version ${row.version} after ${last}`)
    versions.set(id, row.version)
  }

  function onEvent(event: JobEvent): void {
    life.event(event)
    if (event.type === 'changed') reading = reading.then(() => read(event.id))
  }

  const subscription = await jobs.subscribe(onEvent, () => {})
  return {
    jobs: { ...jobs, ...recordAnswers(jobs, row => life.row(row)) },
    async stop() {
      await subscription.stop()
      await reading
      return [...life.problems(), ...shrunk]
    },
  }
}

function recordAnswers(jobs: Jobs, record: (row: Job) => void) {
  const recorded = (row: Job) => {
    record(row)
    return row
  }
  return {
    create: async (job: Parameters<Jobs['create']>[0]) => {
      const created = await jobs.create(job)
      record(created.job)
      return created
    },
    cancel: async (id: string) => recorded(await jobs.cancel(id)),
    answer: async (id: string, sealed: string) => recorded(await jobs.answer(id, sealed)),
    retry: async (id: string, maxAttempts: number) => recorded(await jobs.retry(id, maxAttempts)),
    purge: async (id: string) => recorded(await jobs.purge(id)),
    get: async (id: string) => {
      const row = await jobs.get(id)
      return row && recorded(row)
    },
    consume: (run: Parameters<Jobs['consume']>[0], options: Parameters<Jobs['consume']>[1]) =>
      jobs.consume(attempt => {
        record(attempt.job)
        return run(attempt)
      }, options),
  } satisfies Partial<Jobs>
}
