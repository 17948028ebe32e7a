import type { Config } from '../config.ts'
import type { EventBus } from '../jobs/bus.ts'
import type { Logger } from '../log.ts'

/** Opens the bus of EVENTS where it is not in PostgreSQL. @throws ConfigError when it cannot be used */
export async function openBusElsewhere({ events, aws }: Config, log: Logger): Promise<EventBus | undefined> {
  if (events !== 'sns') return undefined
  const { openSnsBus } = await import('../jobs/buses/sns-bus.ts')
  return openSnsBus({ ...aws, log })
}
