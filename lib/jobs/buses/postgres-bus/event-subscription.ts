import type { PgBoss } from 'pg-boss'
import type { EventSubscription, JobEvent } from '../../../jobs.ts'
import { EVENT_CHANNEL } from './event-publisher.ts'

/**
 * Receives events on a connection of its own, with a heartbeat. `onGap` runs after every reconnect, because PostgreSQL
 * does not replay the events of the time in between.
 */
export async function subscribeToEvents(
  boss: PgBoss,
  onEvent: (event: JobEvent) => void,
  onGap: () => void,
): Promise<EventSubscription> {
  const listener = boss.getDb().listen
  if (!listener) throw new Error('this pg-boss cannot listen')
  let connected = false
  const handle = await listener.call(
    boss.getDb(),
    EVENT_CHANNEL,
    payload => onEvent(JSON.parse(payload) as JobEvent),
    () => {
      if (connected) onGap()
      connected = true
    },
  )
  return { stop: () => handle.close() }
}
