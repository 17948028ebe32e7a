import type { MessageBody, QueueMessage } from '../queue.ts'
import { hashedId } from '../queues/hashed-id.ts'

/** What a message of maintenance asks for. */
export type Sweep =
  | { kind: 'expired' | 'history' | 'orphans' | 'statistics' }
  | { kind: 'suspects'; ids: readonly string[] }
  | { kind: 'results'; after?: string }
  /** Without a job: begin one. */
  | { kind: 'self-check'; jobId?: string; look?: number }

/** The body of a message: ids are one text, because a body has no lists. */
export function bodyOf(sweep: Sweep): MessageBody {
  if (sweep.kind === 'suspects') return { sweep: sweep.kind, ids: sweep.ids.join(',') }
  const { kind, ...place } = sweep
  return { sweep: kind, ...place }
}

/** Undefined for a body that asks for nothing known, such as one of a later version. */
export function readSweep({ sweep: kind, ids, after, jobId, look }: MessageBody): Sweep | undefined {
  if (kind === 'expired' || kind === 'history' || kind === 'orphans' || kind === 'statistics') return { kind }
  if (kind === 'results') return { kind, ...(typeof after === 'string' && { after }) }
  if (kind === 'self-check')
    return typeof jobId === 'string' && typeof look === 'number' ? { kind, jobId, look } : { kind }
  return kind === 'suspects' && typeof ids === 'string' ? { kind, ids: ids.split(',') } : undefined
}

/** A message that follows another one: it has the same id, whenever that is delivered again. */
export function following(
  { id }: Pick<QueueMessage, 'id'>,
  sweep: Sweep,
  runAt: Date | null = null,
): QueueMessage {
  const body = bodyOf(sweep)
  return { id: hashedId(id, ...Object.values(body).map(String)), body, runAt }
}
