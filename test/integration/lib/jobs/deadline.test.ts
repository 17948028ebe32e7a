import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { pino } from 'pino'
import { openPostgresJobs, type PostgresJobs } from '#lib/backend/postgres-jobs.ts'
import type { NewJob } from '#lib/jobs.ts'
import { openPresets, type Presets } from '#lib/records/presets.ts'
import { createDatabase } from '#test/create-database.ts'
import { until } from '#test/until.ts'
import { newJob } from './jobs-conformance.ts'

const DEADLINE_MS = 500
/** More than there are connections, so that some wait for one. */
const MANY = 15

describe('jobs and presets with a deadline', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>
  let jobs: PostgresJobs
  let presets: Presets
  /** Holds the lock; what it sees of the others stands still in a transaction, so `sql` looks. */
  let holder: pg.Client
  let sql: pg.Client

  before(async () => {
    database = await createDatabase()
    const limits = { queueLimit: 100, ownerLimit: 100 }
    jobs = await openPostgresJobs({
      url: database.url,
      ...limits,
      pollSeconds: 1,
      historyMs: 1e9,
      deadlineMs: DEADLINE_MS,
      log: pino({ level: 'silent' }),
    })
    presets = openPresets(jobs.pool, DEADLINE_MS)
    holder = new pg.Client({ connectionString: database.url })
    sql = new pg.Client({ connectionString: database.url })
    await Promise.all([holder.connect(), sql.connect()])
  })
  after(async () => {
    // First what holds the lock, should a test have failed with it.
    await holder.end()
    await jobs.close()
    await sql.end()
    await database.drop()
  })

  const count = async (question: string) => Number((await sql.query(question)).rows[0].count)
  const others = 'FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()'
  /** Asks the server itself again until it answers: under load a good answer may be late too. */
  const answered = <T>(what: string, ask: () => Promise<T>) =>
    until(what, () =>
      ask()
        .then(value => ({ value }))
        .catch(() => undefined),
    )
  /** For what cannot be done twice: a late answer does not undo it, so the row says whether it is done. */
  const done = (id: string, state: string, act: () => Promise<unknown>) =>
    until(`the job is ${state} now`, async () => {
      if (await count(`SELECT count(*) FROM jobs WHERE id = '${id}' AND state = '${state}'`)) return true
      await act().catch(() => undefined)
      return false
    })

  it('refuse requests while the database is stuck, never accept a refused job later, and do not cut off maintenance', async () => {
    const waiting = newJob()
    await done(waiting.id, 'queued', () => jobs.create(waiting))
    await holder.query('BEGIN')
    await holder.query('LOCK TABLE jobs, presets IN ACCESS EXCLUSIVE MODE')
    const maintenance = jobs.maintain(new Date())
    const lost: NewJob[] = []
    const refuses = (answer: Promise<unknown>) => assert.rejects(answer, { code: 'database_down' })
    const loseOne = () => {
      const job = newJob()
      lost.push(job)
      return refuses(jobs.create(job))
    }
    const refused = [loseOne(), loseOne()]
    await until('an insert that waits', async () => {
      if (await count(`SELECT count(*) ${others} AND query LIKE '%INSERT INTO jobs%'`)) return true
      // On a busy machine a job may be refused before its insert is sent.
      await loseOne()
      return false
    })
    // Not before: they leave no connection to an insert.
    refused.push(
      ...[jobs.list({ owner: 'somebody', limit: 10 }), presets.list('somebody')].map(refuses),
      ...Array.from({ length: MANY }, () => refuses(jobs.get(waiting.id))),
    )
    await Promise.all(refused)
    assert.equal(await Promise.race([maintenance, 'under way']), 'under way')
    await holder.query('COMMIT')
    assert.deepEqual((await maintenance).rescued, [])
    await until(
      'nothing is under way',
      async () => (await count(`SELECT count(*) ${others} AND state <> 'idle'`)) === 0,
    )
    const rows = await sql.query('SELECT id, state FROM jobs')
    assert.deepEqual(rows.rows, [{ id: waiting.id, state: 'queued' }])
    assert.equal(await count("SELECT count(*) FROM pgboss.job WHERE name = 'convert'"), 1)
    for (const job of lost) await done(job.id, 'queued', () => jobs.create(job))
    await done(waiting.id, 'cancelled', () => jobs.cancel(waiting.id))
    assert.deepEqual((await answered('a list', () => presets.list('somebody'))).value, [])
    assert.equal(await count('SELECT count(*) FROM jobs'), 1 + lost.length)
  })
})
