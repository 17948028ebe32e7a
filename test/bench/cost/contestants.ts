import { makeWorkerUtils, run, Logger as WorkerLogger } from 'graphile-worker'
import { PgBoss } from 'pg-boss'
import type { Attempt } from '#lib/jobs.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'
import { openQueue } from '#test/open-queue.ts'

export interface QueueContestant {
  name: string
  /** Makes the tables that it needs; not measured. */
  prepare(url: string): Promise<void>
  /** Creates `count` jobs one after the other, does all of them on `lanes` lanes, and closes its connections. */
  doJobs(url: string, load: { count: number; lanes: number }): Promise<void>
}

/** The whole contract: a row with its history, a message, leases, events to browsers. */
export const nightshift: QueueContestant = {
  name: 'Nightshift: create, run, complete',
  prepare: async () => {},
  async doJobs(url, { count, lanes }) {
    const { jobs, close } = await openQueue(url)
    for (let n = 0; n < count; n++) await jobs.create(newJob())
    const { ended, countEnd } = countdown(count)
    const complete = async (attempt: Attempt) => {
      if (await attempt.completeIfStillMine(RESULT)) countEnd()
    }
    const consumer = await jobs.consume(complete, { worker: 'bench/1', slots: lanes })
    await ended
    await consumer.stop(1000)
    await close()
  },
}

export const pgBoss: QueueContestant = {
  name: 'pg-boss: send, fetch, complete',
  async prepare(url) {
    const boss = await openBoss(url)
    await boss.createQueue('plain')
    await boss.stop({ graceful: false })
  },
  async doJobs(url, { count, lanes }) {
    const boss = await openBoss(url)
    for (let n = 0; n < count; n++) await boss.send('plain', { n })
    const lane = async () => {
      for (let [job] = await boss.fetch('plain'); job; [job] = await boss.fetch('plain'))
        await boss.complete('plain', job.id)
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    await boss.stop({ graceful: false })
  },
}

export const graphileWorker: QueueContestant = {
  name: 'graphile-worker: add_job, run',
  async prepare(url) {
    const utils = await makeWorkerUtils({ connectionString: url, logger: SILENT })
    await utils.migrate()
    await utils.release()
  },
  async doJobs(url, { count, lanes }) {
    const utils = await makeWorkerUtils({ connectionString: url, logger: SILENT })
    for (let n = 0; n < count; n++) await utils.addJob('plain', { n })
    const { ended, countEnd } = countdown(count)
    const runner = await run({
      connectionString: url,
      concurrency: lanes,
      noHandleSignals: true,
      taskList: { plain: countEnd },
      crontab: '',
      logger: SILENT,
    })
    await ended
    await runner.stop()
    await utils.release()
  },
}

const RESULT = { key: 'k', fileName: 'a.pdf', bytes: 1, pages: 1, sha256: 'a' }
const SILENT = new WorkerLogger(() => () => {})

/** Without its supervision and schedules, which no job needs. */
async function openBoss(url: string): Promise<PgBoss> {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false })
  boss.on('error', error => {
    throw error
  })
  return boss.start()
}

function countdown(count: number): { ended: Promise<void>; countEnd(): void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  let left = count
  return {
    ended: promise,
    countEnd() {
      if (--left === 0) resolve()
    },
  }
}
