import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { type Check, passed } from '../vocabulary/check.ts'

const WHAT = 'LISTEN'
const WITHIN_MS = 3_000
const POOLER =
  'Let DATABASE_URL name PostgreSQL itself, or a pooler in session mode (pgbouncer: pool_mode = session)'

/**
 * Whether a notification of one connection reaches another, as events do. A pooler in transaction mode accepts LISTEN
 * and then gives the connection to somebody else.
 */
export async function listenCheck(listener: pg.Client, sender: pg.Client): Promise<Check> {
  const channel = `nightshift_check_${randomUUID().replaceAll('-', '')}`
  const { promise: arrived, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), WITHIN_MS)
  listener.on('notification', notification => {
    if (notification.channel === channel) resolve(true)
  })
  try {
    await listener.query(`LISTEN ${channel}`)
    await sender.query('SELECT pg_notify($1, $2)', [channel, ''])
    if (await arrived) return passed('database-listen', WHAT, 'events of the database arrive')
    return failed(`nothing arrived within ${WITHIN_MS / 1000} s; pages and workers then only poll`)
  } catch (error) {
    return failed((error as Error).message)
  } finally {
    clearTimeout(timer)
  }
}

const failed = (found: string): Check => ({
  ...{ id: 'database-listen', what: WHAT, found },
  state: 'failed',
  mend: POOLER,
})
