import type pg from 'pg'
import { reasonOf } from '../reason-of.ts'
import { type Check, passed } from '../vocabulary/check.ts'
import { type ClockReading, clockCheck } from './clock-check.ts'
import { latencyCheck } from './latency-check.ts'
import { listenCheck } from './listen-check.ts'

const WITHIN_MS = 5_000
const STATEMENTS = 5
/** The oldest version that is tested. */
const OLDEST_VERSION = 14

/** Asks the PostgreSQL at this URL by two connections of its own; `origin` says where the URL is from. */
export async function databaseChecks(connectionString: string, origin: string): Promise<Check[]> {
  const { default: postgres } = await import('pg')
  const open = () =>
    new postgres.Client({ connectionString, connectionTimeoutMillis: WITHIN_MS, query_timeout: WITHIN_MS })
  const [client, other] = [open(), open()]
  for (const one of [client, other]) one.on('error', () => {}) // A statement that fails says so.
  try {
    await Promise.all([client.connect(), other.connect()])
    const timesMs: number[] = []
    let reading: ClockReading | undefined
    for (let count = 0; count < STATEMENTS; count++) {
      reading = await readClock(client)
      timesMs.push(reading.answeredMs - reading.askedMs)
    }
    const first = [await versionCheck(client, origin), latencyCheck(timesMs)]
    return [...first, await listenCheck(client, other), ...(reading ? [clockCheck(reading)] : [])]
  } catch (error) {
    return [unreachable(error, origin)]
  } finally {
    await Promise.allSettled([client.end(), other.end()])
  }
}

async function readClock(client: pg.Client): Promise<ClockReading> {
  const askedMs = performance.timeOrigin + performance.now()
  const { rows } = await client.query<{ ms: string }>(
    'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms',
  )
  return { askedMs, databaseMs: Number(rows[0]?.ms), answeredMs: performance.timeOrigin + performance.now() }
}

async function versionCheck(client: pg.Client, origin: string): Promise<Check> {
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
  const version = rows[0]?.server_version ?? ''
  const found = `PostgreSQL ${version} of ${origin}`
  if (Number.parseInt(version, 10) >= OLDEST_VERSION) return passed('database', 'Database', found)
  const mend = `Move to PostgreSQL ${OLDEST_VERSION} or later, by pg_dump and pg_restore`
  return { id: 'database', state: 'warning', what: 'Database', found, mend }
}

const unreachable = (error: unknown, origin: string): Check => ({
  ...{ id: 'database', what: 'Database', found: `${origin} cannot be used: ${reasonOf(error)}` },
  state: 'failed',
  mend: 'Start PostgreSQL and correct DATABASE_URL; psql "$DATABASE_URL" -c "select 1" tries it',
})
