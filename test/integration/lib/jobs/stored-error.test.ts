import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { pino } from 'pino'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import { snapshotOf } from '#lib/job-snapshot.ts'
import type { Consumer, Jobs } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { JobError } from '#lib/vocabulary/job.ts'
import { createDatabase } from '#test/create-database.ts'
import { until } from '#test/until.ts'
import { newJob } from './jobs-conformance.ts'

const limits = { queueLimit: 100, ownerLimit: 100 }
const options = { pollSeconds: 1, historyMs: 30 * 86_400_000, log: pino({ level: 'silent' }), ...limits }
const damaged = new AppError('corrupt_file', { details: { reason: 'it is cut off' }, log: 'at byte 12' })

describe('the error in a job’s row', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>
  let jobs: Jobs
  let sql: pg.Client
  let consumer: Consumer

  before(async () => {
    database = await createDatabase({ recorded: false })
    jobs = await openPostgresJobs({ ...options, url: database.url })
    sql = new pg.Client({ connectionString: database.url })
    await sql.connect()
    consumer = await jobs.consume(
      async attempt => void (await attempt.failIfStillMine(damaged.toStoredError())),
      { worker: 'host/1', slots: 1 },
    )
  })
  after(async () => {
    await consumer?.stop(0)
    await jobs?.close()
    await sql?.end()
    await database.drop()
  })

  const shown = async (id: string) => {
    const job = await jobs.get(id)
    assert.ok(job)
    return snapshotOf(job, '').error
  }
  const fail = async () => {
    const { job } = await jobs.create(newJob())
    await until('it has failed', async () => (await jobs.get(job.id))?.state === 'failed')
    return job.id
  }
  const failWith = async (error: object) => {
    const id = await fail()
    await sql.query('UPDATE jobs SET error = $2 WHERE id = $1', [id, error])
    return id
  }

  it('is its code with its details; sentences are made where it is shown', async () => {
    const id = await fail()
    const { rows } = await sql.query('SELECT error FROM jobs WHERE id = $1', [id])
    const details = { reason: 'it is cut off' }
    assert.deepEqual(rows, [{ error: { code: 'corrupt_file', details, retryable: false } }])
    assert.deepEqual(await shown(id), damaged.toJobError())
  })

  it('of a version that stored sentences is shown with these', async () => {
    const old: JobError[] = [
      { code: 'corrupt_file', message: 'It is torn: here.', nextStep: 'Mend it.', retryable: false },
      { code: 'gone_since', message: 'It was so.', nextStep: 'Ask again.', retryable: true },
    ]
    for (const error of old) assert.deepEqual(await shown(await failWith(error)), error)
  })

  it('of a version that knows more codes is shown with its code', async () => {
    const id = await failWith({ code: 'written_tomorrow', details: { tone: 'new' }, retryable: true })
    const { code, message, retryable } = (await shown(id)) ?? {}
    assert.deepEqual([code, retryable], ['written_tomorrow', true])
    assert.match(message ?? '', /\(written_tomorrow\)/)
  })
})
