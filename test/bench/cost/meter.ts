import pg from 'pg'
import { until } from '#test/until.ts'

/** What a database did since the meter was opened. */
export interface DatabaseCost {
  commits: number
  walBytes: number
  /** Rows that PostgreSQL counts as dead now; with autovacuum off, only pruning of a page removes any. */
  deadRows: number
  /** Updates and deletes: each leaves a dead row, whether it was pruned since or not. */
  rowsReplaced: number
}

/** The server's own connection, outside of the databases that are measured. */
export async function openServer(): Promise<pg.Client> {
  const server = new pg.Client(process.env.TEST_DATABASE_URL)
  await server.connect()
  // A vacuum would remove what is counted, and commit transactions of its own.
  await server.query('ALTER SYSTEM SET autovacuum = off')
  await server.query('SELECT pg_reload_conf()')
  return server
}

/** What `work` costs in the database at `url`, on which it must leave no connection open. */
export async function costOf(
  server: pg.Client,
  url: string,
  work: () => Promise<void>,
): Promise<DatabaseCost> {
  const name = new URL(url).pathname.slice(1)
  await untilNobodyIn(server, name)
  // The first change to a page after a checkpoint writes the whole page: so that all begin alike.
  await server.query('CHECKPOINT')
  const before = { ...(await tableCounts(url)), ...(await serverCounts(server, name)) }
  await work()
  await untilNobodyIn(server, name)
  const after = { ...(await serverCounts(server, name)), ...(await tableCounts(url)) }
  return {
    commits: after.commits - before.commits,
    walBytes: after.walBytes - before.walBytes,
    deadRows: after.deadRows - before.deadRows,
    rowsReplaced: after.rowsReplaced - before.rowsReplaced,
  }
}

/** Connections pass on what they counted when they end. */
async function untilNobodyIn(server: pg.Client, name: string): Promise<void> {
  const text = 'SELECT FROM pg_stat_activity WHERE datname = $1'
  await until('all connections are closed', async () => (await server.query(text, [name])).rowCount === 0)
}

async function serverCounts(server: pg.Client, name: string) {
  const { rows } = await server.query<Record<'commits' | 'walBytes', string>>(
    `SELECT xact_commit AS commits, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS "walBytes"
     FROM pg_stat_database WHERE datname = $1`,
    [name],
  )
  return { commits: Number(rows[0]?.commits), walBytes: Number(rows[0]?.walBytes) }
}

async function tableCounts(url: string) {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<Record<'deadRows' | 'rowsReplaced', string>>(
    `SELECT sum(n_dead_tup) AS "deadRows", sum(n_tup_upd + n_tup_del) AS "rowsReplaced" FROM pg_stat_user_tables`,
  )
  await client.end()
  return { deadRows: Number(rows[0]?.deadRows), rowsReplaced: Number(rows[0]?.rowsReplaced) }
}
