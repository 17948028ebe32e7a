import type { PostgresDatabase } from '../../postgres/database.ts'
import type { EventBus } from '../bus.ts'
import { openEventPublisher } from './postgres-bus/event-publisher.ts'
import { subscribeToEvents } from './postgres-bus/event-subscription.ts'

/** Events by NOTIFY and LISTEN; not through a connection pooler, which ends what is listened to with the transaction. */
export function openPostgresBus({
  url,
  boss,
  log,
}: Pick<PostgresDatabase, 'url' | 'boss' | 'log'>): EventBus {
  const publisher = openEventPublisher(url, log)
  return {
    noticesGaps: true,
    publish: event => publisher.publish(event),
    flush: () => publisher.flush(),
    subscribe: (onEvent, onGap) => subscribeToEvents(boss, onEvent, onGap),
    close: () => publisher.close(),
  }
}
