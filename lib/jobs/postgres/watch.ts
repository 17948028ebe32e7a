import type { JobEvent, Watching } from '../../jobs.ts'
import type { Database } from './database.ts'
import { CHANNEL } from './notices.ts'

/**
 * Hears events on a connection of its own, with a heartbeat. `onGap` runs after every reconnect: what was told
 * while the connection was down is gone, PostgreSQL replays nothing.
 */
export async function listen(
  db: Database,
  onEvent: (event: JobEvent) => void,
  onGap: () => void,
): Promise<Watching> {
  const listener = db.boss.getDb().listen
  if (!listener) throw new Error('this pg-boss cannot listen')
  let connected = false
  const handle = await listener.call(
    db.boss.getDb(),
    CHANNEL,
    payload => onEvent(JSON.parse(payload) as JobEvent),
    () => {
      if (connected) onGap()
      connected = true
    },
  )
  return { stop: () => handle.close() }
}
