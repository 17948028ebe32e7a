import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** The migrated database that every test's own is copied from; `nightshift test` makes it. */
export const TEMPLATE = 'nightshift_template'

/** A database of this test file's own, copied from the migrated template in some 50 ms. */
export async function createDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run the tests with `npm test`')
  const name = `test_${randomBytes(6).toString('hex')}`
  await run(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(server, `DROP DATABASE ${name} WITH (FORCE)`) }
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
