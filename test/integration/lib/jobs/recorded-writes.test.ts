import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import pg from 'pg'
import { pino } from 'pino'
import { openPostgresJobs } from '#lib/jobs/postgres.ts'
import { createDatabase } from '#test/create-database.ts'
import { problemsOfWrites } from '#test/life-checker/recorded-database.ts'
import { newJob } from './jobs-conformance.ts'

const OPTIONS = {
  pollSeconds: 1,
  historyMs: 1e9,
  queueLimit: 10,
  ownerLimit: 10,
  log: pino({ level: 'silent' }),
}

it('a database of a test tells at its end which write of a job there is not in the model', async () => {
  const database = await createDatabase()
  const jobs = await openPostgresJobs({ ...OPTIONS, url: database.url })
  const { job } = await jobs.create(newJob())
  await jobs.cancel(job.id)
  await jobs.retry(job.id, 2)
  await jobs.close()
  assert.deepEqual(await problemsOfWrites(database.url), [])
  const sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  await sql.query("UPDATE jobs SET state = 'failed', error = '{}', finished_at = now() WHERE id = $1", [
    job.id,
  ])
  await sql.query('UPDATE jobs SET message_id = $2 WHERE id = $1', [job.id, randomUUID()])
  await sql.end()
  await assert.rejects(database.drop(), (error: Error) => {
    assert.match(error.message, new RegExp(`job ${job.id} at version 3 is queued and failed at once`))
    assert.match(error.message, /was written with version 3 before, not one less/)
    return true
  })
})
