import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { createDatabase } from '#test/create-database.ts'

const MIGRATIONS = fileURLToPath(new URL('../../../../prisma/migrations', import.meta.url))
const ID = '00000000-0000-4000-8000-000000000001'

it('takes the hand-backs of earlier versions out of the attempts that people see', async () => {
  const database = await createDatabase()
  const sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  try {
    await sql.query('DROP SCHEMA public CASCADE')
    const names = readdirSync(MIGRATIONS)
      .filter(name => /^\d/.test(name))
      .sort()
    const apply = (name: string) => sql.query(readFileSync(join(MIGRATIONS, name, 'migration.sql'), 'utf8'))
    const at = names.findIndex(name => name.endsWith('_handed_back'))
    for (const name of names.slice(0, at)) await apply(name)
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
    for (const name of names.slice(at)) await apply(name)
    const { rows } = await sql.query('SELECT attempt, handed_back, max_attempts FROM jobs')
    assert.deepEqual(rows, [{ attempt: 3, handed_back: 1, max_attempts: 3 }])
  } finally {
    await sql.end()
    await database.drop()
  }
})
