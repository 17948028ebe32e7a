import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { PG_BOSS_QUEUES } from '../queues/pg-boss-queue/queue-options.ts'
import { MIGRATIONS, PRISMA, readMigrations } from './migration-files.ts'
import { FORMER_QUEUE } from './queue-names.ts'

/** Applies what is missing of our migrations, by Prisma's own engine as WebAssembly: the native one is downloaded, which not every network allows. */
export async function applyMigrations(databaseUrl: string): Promise<void> {
  const schema = await readFile(new URL('schema.prisma', PRISMA), 'utf8')
  // Our own pool: the engine never ends a pool that it opens.
  const pool = new pg.Pool({ connectionString: databaseUrl })
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool))
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => {}, adapter)
  try {
    await engine.applyMigrations({
      migrationsList: await migrationsList(),
      filters: { externalTables: [], externalEnums: [] },
    })
  } finally {
    engine.free()
    await pool.end()
  }
}

/** The migrations in the engine's own form. */
async function migrationsList() {
  const migrationDirectories = (await readMigrations()).map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
  }))
  const lockfile = {
    path: 'migration_lock.toml',
    content: await readFile(new URL('migration_lock.toml', MIGRATIONS), 'utf8'),
  }
  return { baseDir: fileURLToPath(MIGRATIONS), lockfile, shadowDbInitScript: '', migrationDirectories }
}

/** Makes or migrates the tables of pg-boss, and makes our queues in them. */
export async function prepareQueues(databaseUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: databaseUrl, supervise: false, schedule: false, max: 2 })
  boss.on('error', () => {}) // Every call below throws its own error.
  await boss.start()
  try {
    for (const [name, options] of Object.entries(PG_BOSS_QUEUES)) await boss.createQueue(name, options)
    await boss.deleteQueue(FORMER_QUEUE)
  } finally {
    await boss.stop({ graceful: false })
  }
}
