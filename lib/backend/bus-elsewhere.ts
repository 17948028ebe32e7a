import type { Config } from '../config.ts'
import type { EventBus } from '../jobs/bus.ts'
import { openSnsBus } from '../jobs/buses/sns-bus.ts'
import type { Logger } from '../log.ts'

/** Opens the bus of EVENTS where it is not in PostgreSQL. @throws ConfigError when it cannot be used */
export async function openBusElsewhere({ events, aws }: Config, log: Logger): Promise<EventBus | undefined> {
  return events === 'sns' ? openSnsBus({ ...aws, log }) : undefined
}
