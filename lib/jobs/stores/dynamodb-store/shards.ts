/**
 * Every job of a state is in one index, under a few keys, since one key takes about a thousand writes a second. All
 * keys are read, each time: more of them would cost more requests of each sweep.
 */
const SHARDS = 4

/** Where a job is in its life, each with what its time means. */
export type JobPhase =
  /** Waits; the order of the queue. */
  | 'queued'
  /** Queued, but needs something of its sender; when it expires. */
  | 'needing'
  /** Runs; about when its lease was renewed. */
  | 'running'
  /** Has ended; when its files are to be deleted. */
  | 'ended'
  /** Its files are deleted; when it ended. */
  | 'history'

/** The value of an attribute that spreads jobs by their id; its last digits are random in every kind of UUID. */
export function shardOf(name: string, id: string): string {
  return `${name}#${Number.parseInt(id.slice(-4), 16) % SHARDS}`
}

export function allShards(name: string): string[] {
  return Array.from({ length: SHARDS }, (_, shard) => `${name}#${shard}`)
}
