import { createHash } from 'node:crypto'
import type pg from 'pg'
import pgBoss from 'pg-boss/package.json' with { type: 'json' }
import { readMigrations } from './migration-files.ts'
import { FORMER_QUEUE, QUEUE_NAMES } from './queue-names.ts'

/** PostgreSQL's codes for a table and for a schema that does not exist. */
const NOT_THERE = ['42P01', '3F000']

interface Applied {
  name: string
  checksum: string
  finished: boolean
}

/**
 * Whether the database has exactly the migrations of this version, all finished and with our checksums, the tables of
 * this pg-boss, and our queues. Two statements instead of loading two engines to find that nothing is to be done.
 */
export async function isCurrent(client: pg.Client): Promise<boolean> {
  try {
    return (await hasOurMigrations(client)) && (await hasOurQueues(client))
  } catch (error) {
    if (NOT_THERE.includes((error as { code?: string }).code ?? '')) return false
    throw error
  }
}

async function hasOurMigrations(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<Applied>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
    FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
  )
  const applied = new Map(rows.map(row => [row.name, row]))
  const ours = await readMigrations()
  return (
    rows.length === ours.length &&
    ours.every(({ name, sql }) => {
      const row = applied.get(name)
      return row?.finished === true && row.checksum === createHash('sha256').update(sql).digest('hex')
    })
  )
}

async function hasOurQueues(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ version: number; queues: string[] }>(
    'SELECT version, ARRAY(SELECT name FROM pgboss.queue) AS queues FROM pgboss.version',
  )
  const [{ version, queues } = { version: 0, queues: [] }] = rows
  return (
    version === pgBoss.pgboss.schema &&
    QUEUE_NAMES.every(name => queues.includes(name)) &&
    !queues.includes(FORMER_QUEUE)
  )
}
