import type { EventSubscription, JobEvent } from '../../jobs.ts'
import type { JobDatabase } from './database.ts'
import { EVENT_CHANNEL } from './event-publisher.ts'

/**
 * Receives events on a connection of its own, with a heartbeat. `onGap` runs after every reconnect, because PostgreSQL
 * does not replay the events of the time in between.
 */
export async function subscribeToEvents(
  db: JobDatabase,
  onEvent: (event: JobEvent) => void,
  onGap: () => void,
): Promise<EventSubscription> {
  const listener = db.boss.getDb().listen
  if (!listener) throw new Error('this pg-boss cannot listen')
  let connected = false
  const handle = await listener.call(
    db.boss.getDb(),
    EVENT_CHANNEL,
    payload => onEvent(JSON.parse(payload) as JobEvent),
    () => {
      if (connected) onGap()
      connected = true
    },
  )
  return { stop: () => handle.close() }
}
