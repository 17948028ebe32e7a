import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import pg from 'pg'
import { pino } from 'pino'
import { openBackend } from '#lib/backend.ts'
import { readConfig } from '#lib/config.ts'
import { createDatabase } from '#test/create-database.ts'

it('asks for jobs and for records over the same connections', async t => {
  const database = await createDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-backend-'))
  const config = readConfig({ DATABASE_URL: database.url, DATA_DIR: folder })
  const backend = await openBackend(config, pino({ level: 'silent' }))
  const sql = new pg.Client({ connectionString: database.url })
  t.after(async () => {
    await sql.end()
    await backend.close()
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })
  await sql.connect()
  const lastAsked = async (table: string) => {
    const sessions = `FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
    const { rows } = await sql.query(`SELECT pid ${sessions} AND query LIKE $1`, [`%FROM ${table} WHERE%`])
    return rows.map(({ pid }) => pid)
  }
  await backend.presets.list('somebody')
  const [connection, ...more] = await lastAsked('presets')
  assert.ok(connection && more.length === 0)
  await backend.jobs.existing([randomUUID()])
  assert.deepEqual(await lastAsked('jobs'), [connection])
})
