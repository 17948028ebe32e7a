import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { pino } from 'pino'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import { openPostgresBus } from '#lib/jobs/buses/postgres-bus.ts'
import { systemClock } from '#lib/jobs/clock.ts'
import { createJobs } from '#lib/jobs/create-jobs.ts'
import { createPostgresStore } from '#lib/jobs/stores/postgres-store.ts'
import type { Attempt, Jobs } from '#lib/jobs.ts'
import { openDatabase } from '#lib/postgres/database.ts'
import { createPgBossQueue } from '#lib/queues/pg-boss-queue.ts'
import { createDatabase, type TestDatabase } from '#test/create-database.ts'
import { until } from '#test/until.ts'
import { jobsConformance, newJob } from './jobs-conformance.ts'

const log = pino({ level: 'silent' })
const options = { pollSeconds: 1, historyMs: 30 * 86_400_000, log }

const LEFT =
  "SELECT count(*)::int AS left FROM pgboss.job WHERE name = 'convert' AND state IN ('created', 'retry', 'active')"

async function messagesLeftIn(database: TestDatabase | undefined): Promise<number> {
  const client = new pg.Client({ connectionString: database?.url })
  await client.connect()
  try {
    return (await client.query<{ left: number }>(LEFT)).rows[0]?.left ?? 0
  } finally {
    await client.end()
  }
}

let own: TestDatabase | undefined
jobsConformance('PostgreSQL', {
  async open(limits) {
    own = await createDatabase()
    return openPostgresJobs({ ...options, url: own.url, ...limits })
  },
  cancelRaces: 200,
  messagesLeft: () => messagesLeftIn(own),
  close: async () => own?.drop(),
})

let other: TestDatabase | undefined
jobsConformance('PostgreSQL with a queue elsewhere', {
  async open(limits) {
    const database = await createDatabase()
    other = database
    const db = await openDatabase(database.url, { log })
    const jobs = createJobs({
      store: createPostgresStore(db),
      queue: createPgBossQueue(db, { pollSeconds: 1 }),
      bus: openPostgresBus(db),
      ...{ limits, historyMs: options.historyMs, clock: systemClock, random: Math.random, log },
    })
    return { ...jobs, close: () => jobs.close().then(() => db.close()) }
  },
  messagesLeft: () => messagesLeftIn(other),
  close: async () => other?.drop(),
})

describe('jobs in PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>
  let jobs: Jobs
  let sql: pg.Client

  before(async () => {
    database = await createDatabase()
    jobs = await openPostgresJobs({ ...options, url: database.url, queueLimit: 100, ownerLimit: 100 })
    sql = new pg.Client({ connectionString: database.url })
    await sql.connect()
  })
  after(async () => {
    await jobs?.close()
    await sql?.end()
    await database.drop()
  })

  const messages = async (queue: string, jobId: string) =>
    (
      await sql.query("SELECT state FROM pgboss.job WHERE name = $1 AND data->>'jobId' = $2", [queue, jobId])
    ).rows.map(r => r.state)

  it('writes row and message both or neither', async () => {
    const { job } = await jobs.create(newJob())
    assert.deepEqual(await messages('convert', job.id), ['created'])
    await assert.rejects(jobs.create(newJob({ id: job.id })))
    assert.deepEqual(await messages('convert', job.id), ['created'], 'the refused row left no message')
    await jobs.purge(job.id)
    assert.deepEqual(await messages('convert', job.id), ['completed'])
  })

  it('takes jobs that come at once together, and one that cannot be written spoils none of the others', async () => {
    const taken = (await jobs.create(newJob())).job
    const all = [newJob(), newJob(), newJob({ id: taken.id }), newJob(), newJob()]
    const outcomes = await Promise.allSettled(all.map(job => jobs.create(job)))
    assert.deepEqual(
      outcomes.map(outcome => outcome.status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    )
    for (const { id } of all) {
      assert.deepEqual(await messages('convert', id), ['created'])
      await jobs.purge(id)
    }
  })

  it('rescues a job by its lease when the worker gives no sign of life, but not right after an outage', async t => {
    const attempts: Attempt[] = []
    const consumer = await jobs.consume(
      async attempt => {
        attempts.push(attempt)
        if (attempt.job.attempt === 1)
          await new Promise(resolve => attempt.signal.addEventListener('abort', resolve))
        else await attempt.failIfStillMine({ code: 'x', details: {}, retryable: false })
      },
      { worker: 'host/silent', slots: 2 },
    )
    t.after(() => consumer.stop(0))
    const { job } = await jobs.create(newJob())
    await until('it runs', () => attempts[0])
    const start = Date.now()
    const at = (seconds: number) => jobs.maintain(new Date(start + seconds * 1000))
    assert.deepEqual((await at(60)).rescued, [], 'the first round after a silence calls nobody dead')
    assert.deepEqual((await at(64)).rescued, [])
    assert.deepEqual((await at(68)).rescued, [])
    assert.deepEqual((await at(72)).rescued, [job.id])
    await until('another attempt ended it', async () => (await jobs.get(job.id))?.state === 'failed')
    assert.equal((await jobs.get(job.id))?.timeline[0]?.outcome, 'lost')
    await until('the silent attempt is told', () => attempts[0]?.signal.reason === 'lost')
  })

  it('starts a waiting job at once though no notice came: the queue is polled', async t => {
    const { job } = await jobs.create(newJob())
    const consumer = await jobs.consume(async attempt => void (await attempt.handBackIfStillMine()), {
      worker: 'host/poll',
      slots: 1,
    })
    t.after(() => consumer.stop(0))
    await until('polling found it', async () => ((await jobs.get(job.id))?.timeline.length ?? 0) > 0)
  })

  it('reports a gap after its listening connection was cut, and receives events again', async t => {
    const heard: string[] = []
    let gaps = 0
    const subscription = await jobs.subscribe(
      event => heard.push(event.id),
      () => gaps++,
    )
    t.after(() => subscription.stop())
    await sql.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()",
    )
    await until('the gap is told', () => gaps === 1)
    const { job } = await jobs.create(newJob())
    await until('events flow again', () => heard.includes(job.id))
  })

  it('goes on after its connections were cut, and says so when there is no database', async t => {
    const { job } = await jobs.create(newJob())
    await sql.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    )
    assert.equal((await jobs.get(job.id))?.state, 'queued')
    assert.equal((await jobs.cancel(job.id)).state, 'cancelled')
    const doomed = await createDatabase({ recorded: false })
    const elsewhere = await openPostgresJobs({ ...options, url: doomed.url, queueLimit: 1, ownerLimit: 1 })
    t.after(() => elsewhere.close().finally(doomed.drop))
    await sql.query(`ALTER DATABASE ${new URL(doomed.url).pathname.slice(1)} ALLOW_CONNECTIONS false`)
    await sql.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      new URL(doomed.url).pathname.slice(1),
    ])
    await assert.rejects(elsewhere.get(job.id), { code: 'database_down' })
  })

  it('delivers a message again that a worker fetched and never claimed', async t => {
    const { job } = await jobs.create(newJob())
    // What a worker did that died between the two, longer ago than its heartbeat counts.
    await sql.query(
      "UPDATE pgboss.job SET state = 'active', started_on = now(), heartbeat_on = now() - interval '1 minute' WHERE name = 'convert' AND data->>'jobId' = $1",
      [job.id],
    )
    const consumer = await jobs.consume(
      async attempt => void (await attempt.failIfStillMine({ code: 'x', details: {}, retryable: false })),
      { worker: 'host/again', slots: 1 },
    )
    t.after(() => consumer.stop(0))
    await until('it is delivered', async () => (await jobs.get(job.id))?.state === 'failed', 40_000)
  })
})
