import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { pino } from 'pino'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import { isCurrent } from '#lib/migrations/is-current.ts'
import { migrate } from '#lib/migrations.ts'
import { createDatabase } from '#test/create-database.ts'
import { newJob } from './jobs-conformance.ts'

const MIGRATIONS = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url))
const [ID, ID_2, ID_3, ID_4] = [1, 2, 3, 4].map(n => `00000000-0000-4000-8000-00000000000${n}`)

/** A database as it was before a migration; `migrate` makes it one of today. */
async function openBefore(t: TestContext, migration: string) {
  const database = await createDatabase()
  const sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  t.after(() => sql.end().finally(database.drop))
  await sql.query('DROP SCHEMA public CASCADE')
  const names = readdirSync(MIGRATIONS)
    .filter(name => /^\d/.test(name))
    .sort()
  const at = names.findIndex(name => name.endsWith(migration))
  assert.ok(at > 0)
  const apply = async (some: string[]) => {
    for (const name of some) await sql.query(readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8'))
  }
  await apply(names.slice(0, at))
  return { url: database.url, sql, migrate: () => apply(names.slice(at)) }
}

it('takes the hand-backs of earlier versions out of the attempts that people see', async t => {
  const { sql, migrate } = await openBefore(t, '_handed_back')
  await sql.query(
    `INSERT INTO jobs (id, batch_id, owner, file_name, source_format, source_bytes, source_sha256, target, state,
      attempt, max_attempts, message_id, expires_at)
    VALUES ($1, $1, 'o', 'a.odt', 'odt', 1, '', 'pdf', 'running', 3, 4, $1, now())`,
    [ID],
  )
  for (const [number, outcome] of ['handed_back', 'failed', null].entries())
    await sql.query(
      "INSERT INTO attempts (job_id, number, worker, started_at, outcome) VALUES ($1, $2, 'w', now(), $3)",
      [ID, number + 1, outcome],
    )
  await migrate()
  const { rows } = await sql.query('SELECT attempt, handed_back, max_attempts FROM jobs')
  assert.deepEqual(rows, [{ attempt: 3, handed_back: 1, max_attempts: 3 }])
})

it('keeps those that wait in their order, and new jobs come after them', async t => {
  const { url, sql, migrate } = await openBefore(t, '_bounded_reads')
  const rows = [
    [ID, 'queued', '2026-01-03'],
    [ID_2, 'completed', '2026-01-01'],
    [ID_3, 'queued', '2026-01-02'],
    [ID_4, 'running', '2026-01-01'],
  ]
  for (const values of rows)
    await sql.query(
      `INSERT INTO jobs (id, batch_id, owner, file_name, source_format, source_bytes, source_sha256, target, state,
        max_attempts, message_id, queued_at, expires_at)
      VALUES ($1, $1, 'o', 'a.odt', 'odt', 1, '', 'pdf', $2, 3, $1, $3, now())`,
      values,
    )
  await migrate()
  const jobs = await openPostgresJobs({
    ...{ url, queueLimit: 4, ownerLimit: 4, pollSeconds: 1, historyMs: 1e9 },
    log: pino({ level: 'silent' }),
  })
  try {
    assert.equal((await jobs.stats()).queued, 2)
    const { job } = await jobs.create(newJob({ owner: 'o' }))
    assert.deepEqual([...(await jobs.queuePositions()).keys()], [ID_3, ID, job.id])
    const { items } = await jobs.list({ owner: 'o', limit: 10 })
    assert.deepEqual(items.map(({ id }) => id).toSorted(), [...rows.map(([id]) => id), job.id].toSorted())
  } finally {
    await jobs.close()
  }
})

it('removes the queue of dead letters that earlier versions wrote, with its messages', async t => {
  const { url, drop } = await createDatabase()
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false })
  t.after(() => boss.stop({ graceful: false }).finally(drop))
  await boss.start()
  await boss.createQueue('convert-dead')
  await boss.send('convert-dead', { jobId: ID })
  await migrate(url)
  assert.deepEqual((await boss.getQueues()).map(({ name }) => name).sort(), [
    'convert',
    'maintain',
    'webhook',
  ])
  await migrate(url)
})

it('leaves a current database alone, and notices each thing that is missing', async t => {
  const { url, drop } = await createDatabase({ recorded: false })
  const sql = new pg.Client({ connectionString: url })
  await sql.connect()
  t.after(() => sql.end().finally(drop))
  const changes = [
    "UPDATE _prisma_migrations SET checksum = 'another' WHERE migration_name LIKE '%_sandbox'",
    "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%_sandbox'",
    "DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_sandbox'",
    'UPDATE pgboss.version SET version = version - 1',
    "DELETE FROM pgboss.queue WHERE name = 'convert'",
    'DROP SCHEMA pgboss CASCADE',
    'DROP TABLE _prisma_migrations',
  ]
  assert.equal(await isCurrent(sql), true)
  for (const change of changes) {
    await sql.query('BEGIN')
    await sql.query(change)
    assert.equal(await isCurrent(sql), false, change)
    await sql.query('ROLLBACK')
    assert.equal(await isCurrent(sql), true)
  }
})
