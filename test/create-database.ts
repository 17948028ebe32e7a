import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { recordDatabase } from './life-checker/recorded-database.ts'

/** The migrated database that every test's own is copied from; `nightshift test` makes it. */
export const TEMPLATE = 'nightshift_template'

export interface TestDatabase {
  url: string
  /** @throws AssertionError where a job lived against the model of its life */
  drop(): Promise<void>
}

export interface TestDatabaseOptions {
  /**
   * Whether the lives of jobs are replayed at the end: not where time is measured, connections are refused,
   * or rows are written by SQL.
   */
  recorded?: boolean
}

/** A database of this test file's own, copied from the migrated template in some 50 ms. */
export async function createDatabase({ recorded = true }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test`')
  const name = `test_${randomBytes(6).toString('hex')}`
  await run(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const recording = recorded ? await recordDatabase(url.href) : undefined
  return {
    url: url.href,
    async drop() {
      const problems = await recording?.stop()
      await run(server, `DROP DATABASE ${name} WITH (FORCE)`)
      assert.deepEqual(problems ?? [], [], 'every job lived by the model')
    },
  }
}

async function run(server: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
