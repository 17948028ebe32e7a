import { readFileSync } from 'node:fs'
import type pg from 'pg'

/** Of the clock of /proc, in milliseconds. */
const TICK_MS = 10

/**
 * Makes what tells the processor time of all connections to this database so far, in milliseconds, of those too that
 * have ended since it was last asked; PostgreSQL must run on this machine.
 */
export function backendCpu(sql: pg.Client): () => Promise<number> {
  const known = new Map<number, number>()
  return async () => {
    const { rows } = await sql.query<{ pid: number }>(
      'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
    )
    for (const { pid } of rows) known.set(pid, usedMs(pid) ?? known.get(pid) ?? 0)
    return [...known.values()].reduce((sum, ms) => sum + ms, 0)
  }
}

function usedMs(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    // The connection ended in between.
    return undefined
  }
}
