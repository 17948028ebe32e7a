import pg from 'pg'
import { isCurrent } from './migrations/is-current.ts'

/** An arbitrary number that every Nightshift shares. */
const ADVISORY_LOCK = 7_462_011

/**
 * Migrates the database to this version: our tables, those of pg-boss, and the queues. Several processes may call
 * it at once; the others wait. It leaves a current database unchanged, and then loads none of the engines.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    if (await isCurrent(client)) return
    const { applyMigrations, prepareQueues } = await import('./migrations/apply-migrations.ts')
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK])
    await applyMigrations(databaseUrl)
    await prepareQueues(databaseUrl)
  } finally {
    await client.end()
  }
}
