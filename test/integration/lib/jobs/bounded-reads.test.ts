import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it, type TestContext } from 'node:test'
import pg from 'pg'
import { pino } from 'pino'
import { openPostgresJobs, type PostgresOptions } from '#lib/backend/postgres-jobs.ts'
import type { JobStore } from '#lib/jobs/store.ts'
import { createPostgresStore } from '#lib/jobs/stores/postgres-store.ts'
import type { Jobs } from '#lib/jobs.ts'
import { openDatabase } from '#lib/postgres/database.ts'
import { newWebhook } from '#lib/vocabulary/webhook.ts'
import { createDatabase } from '#test/create-database.ts'
import { collectPlans, explainAll, type Plan, planOnce } from '#test/plans.ts'
import { until } from '#test/until.ts'
import { result } from './jobs-conformance/suite.ts'
import { newJob } from './jobs-conformance.ts'

const DAY_MS = 86_400_000
const HISTORY_MS = 30 * DAY_MS
/** Below the waiting jobs of either size, so that the queue is full for whoever has it. */
const LOW_LIMIT = 700
/** What one statement may read at the most: a batch of upkeep finds its rows and looks them up again. */
const MOST_TOUCHED = 2 * LOW_LIMIT

/** Touched by looks at the ends of an index, and by what the test itself leaves. */
const FEW = 10

const SMALL = { history: 10_000, waiting: 1000 }
const LARGE = { history: 100_000, waiting: 10_000 }

const TABLES = ['jobs', 'attempts', 'job_common']
const COLUMNS = `id, batch_id, owner, file_name, source_format, source_bytes, source_sha256, target, max_attempts, message_id`
const VALUES = `gen_random_uuid(), md5((n % 50)::text)::uuid, 'owner-' || n % 50, 'a.docx', 'docx', 1000 + n, '', 'pdf', 3,
  gen_random_uuid()`

/** Of ten finished jobs one has files whose time is over, and three are older than the history. */
const FILL_HISTORY = `
  WITH jobs AS (
    INSERT INTO jobs (${COLUMNS}, state, timings, attempt, created_at, queued_at, finished_at, expires_at, files_deleted_at)
    SELECT ${VALUES}, 'completed', '{"loadMs": 1, "exportMs": 1}', 1, at, at, at, at, CASE WHEN n % 10 > 0 THEN at END
    FROM generate_series($1::int, $2::int) AS n,
      LATERAL (SELECT now() - CASE WHEN n % 10 IN (1, 2, 3) THEN 60 ELSE 20 END * interval '1 day' - n * interval '1 s') AS t(at)
    RETURNING id, finished_at
  )
  INSERT INTO attempts (job_id, number, worker, started_at) SELECT id, 1, 'host/0', finished_at FROM jobs`
const FILL_QUEUE = `
  WITH jobs AS (
    INSERT INTO jobs (${COLUMNS}, expires_at, created_at, turn)
    SELECT ${VALUES}, now() + interval '1 day', now() - interval '1 hour', 2 * (n / 50) + 1
    FROM generate_series($1::int, $2::int) AS n RETURNING id, message_id, turn
  )
  INSERT INTO pgboss.job (id, name, data, priority)
  SELECT message_id, 'convert', jsonb_build_object('jobId', id), -turn FROM jobs`
/** Locked files without their passwords. */
const FILL_NEEDING = `
  INSERT INTO jobs (${COLUMNS}, needs, queue_number, expires_at)
  SELECT ${VALUES}, 'password', NULL, now() + interval '1 day'
  FROM generate_series($1::int, $2::int) AS n`
/** Dead letters, and as many jobs that failed for good. */
const FILL_FAILED = `
  INSERT INTO jobs (${COLUMNS}, state, error, finished_at, expires_at)
  SELECT ${VALUES}, 'failed', jsonb_build_object('code', 'x', 'retryable', n % 2 = 0), now() - interval '1 day',
    now() + interval '1 day'
  FROM generate_series($1::int, $2::int) AS n`

describe('what is read of jobs in PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>
  let sql: pg.Client

  before(async () => {
    database = await createDatabase({ recorded: false })
    sql = new pg.Client({ connectionString: database.url })
    await sql.connect()
    await explainAll(sql)
  })
  after(async () => {
    await sql?.end()
    await database.drop()
  })

  async function fill(from: typeof SMALL, to: typeof SMALL): Promise<void> {
    await sql.query(FILL_HISTORY, [from.history + 1, to.history])
    await sql.query(FILL_QUEUE, [from.waiting + 1, to.waiting])
    await sql.query(FILL_NEEDING, [from.waiting + 1, to.waiting])
    await sql.query(FILL_FAILED, [from.waiting + 1, to.waiting])
    await sql.query('VACUUM ANALYZE jobs, attempts, pgboss.job')
  }

  async function open(limits: Partial<PostgresOptions> = {}): Promise<Jobs> {
    const all = { queueLimit: 1e6, ownerLimit: 1e6, pollSeconds: 1, historyMs: HISTORY_MS, ...limits }
    return openPostgresJobs({ url: database.url, log: pino({ level: 'silent' }), ...all })
  }

  /** The rows alone, as with a queue elsewhere. */
  async function openStore(): Promise<JobStore> {
    const db = await openDatabase(database.url, { log: pino({ level: 'silent' }) })
    return { ...createPostgresStore(db), close: () => db.close() }
  }

  it('does not grow with the queue or the history: no statement reads a table, and at ten times the rows each touches as many', async t => {
    await fill({ history: 0, waiting: 0 }, SMALL)
    const atSmall = await plansOfAll(t, open, openStore)
    await fill(SMALL, LARGE)
    for (const isOnce of [false, true]) {
      await planOnce(sql, isOnce)
      compare(atSmall, await plansOfAll(t, open, openStore))
    }
  })
})

function compare(atSmall: Map<string, Plan>, atLarge: Map<string, Plan>): void {
  assert.ok(atLarge.size > 20, `${atLarge.size} statements were seen`)
  for (const [statement, { touched, wholly }] of atLarge) {
    const before = atSmall.get(statement)?.touched ?? 0
    assert.deepEqual(wholly, [], `reads whole tables: ${statement}`)
    assert.ok(touched <= MOST_TOUCHED, `${touched} rows: ${statement}`)
    assert.ok(touched <= before + FEW, `from ${before} to ${touched} rows: ${statement}`)
  }
  const inserts = [...atLarge].filter(([statement]) => statement.startsWith('room: INSERT INTO jobs'))
  assert.deepEqual(
    inserts.map(([, { touched }]) => touched <= FEW),
    [true],
    'a create counts nothing where there is room',
  )
}

/** Everything that jobs are asked for, once; for each statement of a part the plan that touched most. */
async function plansOfAll(
  t: TestContext,
  open: (limits?: Partial<PostgresOptions>) => Promise<Jobs>,
  openStore: () => Promise<JobStore>,
): Promise<Map<string, Plan>> {
  const [jobs, full, crowded, store] = await Promise.all([
    open(),
    open({ queueLimit: LOW_LIMIT, ownerLimit: 15 }),
    open({ ownerLimit: 15 }),
    openStore(),
  ])
  const parts = {
    room: () => readEverything(jobs),
    full: () => refuse(full, 'queue_full'),
    crowded: () => refuse(crowded, 'too_many_waiting'),
    upkeep: () => upkeep(jobs),
    run: () => runTwo(jobs),
    turns: () => takeTurns(store),
  }
  const most = new Map<string, Plan>()
  try {
    for (const [part, work] of Object.entries(parts)) {
      const plans = collectPlans(t)
      await work()
      t.mock.restoreAll()
      for (const plan of plans.filter(isOurs)) {
        const name = `${part}: ${plan.statement}`
        if (plan.touched >= (most.get(name)?.touched ?? 0)) most.set(name, plan)
      }
    }
  } finally {
    // Also after a failure: open connections would keep this file from its end.
    await Promise.all([jobs, full, crowded, store].map(opened => opened.close()))
  }
  return most
}

/** Those that touch jobs or messages. What pg-boss does for itself is its own: it counts and clears its messages now and then. */
const isOurs = ({ statement, tables }: Plan) =>
  tables.some(table => TABLES.includes(table)) &&
  !/monitor_on|pg_try_advisory|deletion_seconds >/.test(statement)

async function readEverything(jobs: Jobs): Promise<void> {
  const { job } = await jobs.create(newJob({ owner: 'owner-1', idempotencyKey: 'once' }))
  const { job: other } = await jobs.create(newJob())
  await jobs.create(newJob({ id: job.id, owner: 'owner-1', idempotencyKey: 'once' }))
  await jobs.admit('owner-1')
  await jobs.get(job.id)
  const page = await jobs.list({ owner: 'owner-2', limit: 10 })
  const next = await jobs.list({ owner: 'owner-2', limit: 10, after: page.next ?? '' })
  const batchId = page.items[0]?.batchId
  await jobs.list({ owner: 'owner-2', batchId, limit: 10, after: next.next ?? '' })
  assert.ok(await jobs.queuePosition(other.id))
  assert.equal((await jobs.queuePositions([job.id, other.id])).size, 2)
  const locked = newJob({ needs: 'password' })
  await jobs.create(locked)
  await jobs.answer(locked.id, 'sealed')
  await jobs.purge(locked.id)
  assert.equal((await jobs.batch(job.batchId))?.total, 1)
  await tellEnds(jobs)
  await jobs.earlierResult({ ...newJob(), ...page.items[0] })
  await jobs.existing(page.items.map(({ id }) => id))
  await jobs.pace({ format: 'docx', target: 'pdf', bytes: 1000 })
  await jobs.pace({ format: 'docx', target: 'txt', bytes: 1000 })
  await jobs.stats()
  await jobs.cancel(other.id)
  await jobs.retry(other.id, 1)
  await jobs.cancel(other.id)
  await jobs.purge(other.id)
  await jobs.purge(job.id)
}

/** Ends of a job and a batch, which are told again by hand. */
async function tellEnds(jobs: Jobs): Promise<void> {
  const owner = 'owner-2'
  const hook = (of: 'job' | 'batch') => ({ webhook: newWebhook({ url: 'https://example.org/', of }) })
  for (const whose of ['job', 'batch'] as const) {
    const { job } = await jobs.create(newJob({ owner, ...hook(whose) }))
    await jobs.cancel(job.id)
    await jobs.resendWebhook(job.id)
    assert.equal((await jobs.batchTeller(job.batchId))?.id, whose === 'batch' ? job.id : undefined)
  }
}

async function refuse(jobs: Jobs, code: string): Promise<void> {
  await assert.rejects(jobs.create(newJob({ owner: 'owner-3' })), { code })
  await assert.rejects(jobs.admit('owner-3'), { code })
}

/** A message comes before its job's turn. */
async function takeTurns(store: JobStore): Promise<void> {
  const insert = { ...newJob({ owner: 'owner-4' }), messageId: randomUUID() }
  await store.insertIfBelowLimit(insert, { queueLimit: 1e6, ownerLimit: 1e6 })
  const awaited = { jobId: insert.id, messageId: insert.messageId }
  assert.ok(await store.firstInTurn(awaited))
  const message = await store.reissueIfWaiting(awaited, randomUUID())
  assert.ok(message)
  await store.unsent(new Date(Date.now() + 1000))
  await store.markSentIfUnsent([message])
  await store.cancelIfNotEnded(insert.id)
  await store.purgeIfEnded(insert.id)
}

/** Enough rounds that silent workers are looked for. */
async function upkeep(jobs: Jobs): Promise<void> {
  const now = Date.now()
  for (const seconds of [0, 4, 8, 12]) {
    const at = new Date(now + seconds * 1000)
    await jobs.maintain(at)
    const [expired, removed] = [await jobs.expired(at), await jobs.removeOld(at)]
    assert.deepEqual([expired.length, removed > 0], [500, true])
    await jobs.keptResults()
    if (seconds === 0) await jobs.markFilesDeleted(expired.slice(0, 10))
  }
  await jobs.rescue('host/gone')
}

/** One job completes, one is handed back. */
async function runTwo(jobs: Jobs): Promise<void> {
  let started = 0
  const consumer = await jobs.consume(
    async attempt => {
      started++
      if (started === 1) return void (await attempt.completeIfStillMine(result(attempt)))
      await new Promise(resolve => attempt.signal.addEventListener('abort', resolve))
      await attempt.handBackIfStillMine()
    },
    { worker: 'host/1', slots: 1 },
  )
  try {
    await until('two jobs started', () => started === 2)
  } finally {
    await consumer.stop(0)
  }
}
