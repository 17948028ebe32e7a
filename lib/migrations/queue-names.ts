import { PG_BOSS_QUEUES } from '../queues/pg-boss-queue/queue-options.ts'

export const QUEUE_NAMES = Object.keys(PG_BOSS_QUEUES)
/** Of an earlier version: a dead letter is a fact of its row. */
export const FORMER_QUEUE = 'convert-dead'
