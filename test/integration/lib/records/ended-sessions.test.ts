import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import pg from 'pg'
import { openEndedSessions, openMemoryEndedSessions } from '#lib/records/ended-sessions.ts'
import { createDatabase } from '#test/create-database.ts'

const inAnHour = () => new Date(Date.now() + 3_600_000)

it('the ends of sessions are kept until they would have expired, for all who ask the database', async t => {
  const database = await createDatabase()
  const pool = new pg.Pool({ connectionString: database.url })
  t.after(() => pool.end().finally(database.drop))
  const [one, other] = [openEndedSessions(pool, 60_000), openEndedSessions(pool)]
  const [id, expired] = [randomUUID(), randomUUID()]
  await one.end({ id: expired, expiresAt: new Date(Date.now() - 1) })
  for (const record of [one, other]) await record.end({ id, expiresAt: inAnHour() })
  assert.deepEqual(await other.list(), [id])
  const { rows } = await pool.query('SELECT id FROM ended_sessions')
  assert.deepEqual(rows, [{ id }], 'of an expired one nothing is left')
})

it('without a database they are kept in memory', async () => {
  const record = openMemoryEndedSessions()
  const id = randomUUID()
  await record.end({ id, expiresAt: inAnHour() })
  await record.end({ id: randomUUID(), expiresAt: new Date(Date.now() - 1) })
  assert.deepEqual(await record.list(), [id])
})
