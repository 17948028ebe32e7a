import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import pg from 'pg'
import { pino } from 'pino'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import { EVENT_CHANNEL } from '#lib/jobs/buses/postgres-bus/event-publisher.ts'
import { createDatabase } from '#test/create-database.ts'
import { newJob } from './jobs-conformance.ts'

const log = pino({ level: 'silent' })
const options = { pollSeconds: 1, historyMs: 1e9, queueLimit: 10, ownerLimit: 10, log }

it('a test’s database tells at its end what was written or published against the model of a job’s life', async () => {
  const database = await createDatabase()
  const jobs = await openPostgresJobs({ ...options, url: database.url })
  const { job } = await jobs.create(newJob())
  await jobs.cancel(job.id)
  await jobs.retry(job.id, 2)
  await jobs.close()
  const sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  const event = { type: 'changed', id: job.id, version: 2, state: 'completed' }
  await sql.query('SELECT pg_notify($1, $2)', [EVENT_CHANNEL, JSON.stringify(event)])
  const fail = "UPDATE jobs SET state = 'failed', error = '{}', finished_at = now() WHERE id = $1"
  await sql.query(fail, [job.id])
  await sql.query('UPDATE jobs SET message_id = $2 WHERE id = $1', [job.id, randomUUID()])
  await sql.end()
  await assert.rejects(database.drop(), ({ message }: Error) => {
    assert.match(message, /at version 2 is cancelled and completed at once/)
    assert.match(message, /at version 3 is queued and failed at once/)
    assert.match(message, /at version 3 was written with version 3 before, not one less/)
    const rest = message.split('\n').filter(line => line.includes(`job ${job.id}`))
    assert.ok(
      rest.every(line => /version [23]/.test(line)),
      `nothing else: ${message}`,
    )
    return true
  })
})
