import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { PG_BOSS_QUEUES } from './queues/pg-boss-queue/queue-options.ts'

/** An arbitrary number that every Nightshift shares. */
const ADVISORY_LOCK = 7_462_011

/**
 * Migrates the database to this version: our tables, those of pg-boss, and the queues. Several processes may call
 * it at once; the others wait. It leaves a current database unchanged.
 */
export async function migrate(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK])
    await applyMigrations(databaseUrl)
    await prepareQueues(databaseUrl)
  } finally {
    await client.end()
  }
}

/** Prisma's own engine, as WebAssembly: the native one is downloaded, which not every network allows. */
async function applyMigrations(databaseUrl: string): Promise<void> {
  const prisma = new URL('../prisma/', import.meta.url)
  const schema = await readFile(new URL('schema.prisma', prisma), 'utf8')
  // Our own pool: the engine never ends a pool that it opens.
  const pool = new pg.Pool({ connectionString: databaseUrl })
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool))
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter)
  try {
    await engine.applyMigrations({
      migrationsList: await readMigrations(new URL('migrations/', prisma)),
      filters: { externalTables: [], externalEnums: [] },
    })
  } finally {
    engine.free()
    await pool.end()
  }
}

async function readMigrations(folder: URL) {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter(e => e.isDirectory())
    .map(e => e.name)
    .sort()
  const migrationDirectories = await Promise.all(
    names.map(async path => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(new URL(`${path}/migration.sql`, folder), 'utf8'),
        },
      },
    })),
  )
  const lockfile = {
    path: 'migration_lock.toml',
    content: await readFile(new URL('migration_lock.toml', folder), 'utf8'),
  }
  return { baseDir: fileURLToPath(folder), lockfile, shadowDbInitScript: '', migrationDirectories }
}

async function prepareQueues(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false, max: 2 })
  boss.on('error', () => {}) // Every call below throws its own error.
  await boss.start()
  try {
    for (const [name, options] of Object.entries(PG_BOSS_QUEUES)) await boss.createQueue(name, options)
    // Of earlier versions: a dead letter is a fact of its row.
    await boss.deleteQueue('convert-dead')
  } finally {
    await boss.stop({ graceful: false })
  }
}
