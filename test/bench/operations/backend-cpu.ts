import { readFileSync } from 'node:fs'
import type pg from 'pg'

/** Of the clock of /proc, in milliseconds. */
const TICK_MS = 10

/** The processor time of all connections to this database, in milliseconds; PostgreSQL must run on this machine. */
export async function backendCpuMs(sql: pg.Client): Promise<number> {
  const { rows } = await sql.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
  )
  return rows.reduce((sum, { pid }) => sum + usedMs(pid), 0)
}

/** A connection may end in between. */
function usedMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    return 0
  }
}
