import type { IncomingMessage } from 'node:http'
import type { Batch, Jobs } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Owners } from './owners.ts'

interface BatchSource {
  jobs: Pick<Jobs, 'batch'>
}

/**
 * The access rule for batches: the number of a batch is the key to look at it and to download its results.
 * @throws AppError `batch_not_found`
 */
export async function batchFor({ jobs }: BatchSource, { id }: { id: string }): Promise<Batch> {
  const batch = await jobs.batch(id)
  if (!batch) throw new AppError('batch_not_found')
  return batch
}

/** As `batchFor`, for a request that changes its jobs. @throws AppError `batch_not_found`, `not_your_batch` */
export async function changeableBatch(
  context: BatchSource & { owners: Pick<Owners, 'idOf'> },
  scope: { id: string },
  { headers }: Pick<IncomingMessage, 'headers'>,
): Promise<Batch> {
  const batch = await batchFor(context, scope)
  const id = context.owners.idOf(headers)
  if (id === undefined || ![batch.owner, batch.id].includes(id)) throw new AppError('not_your_batch')
  return batch
}

/** So many batches are known by their owner without asking. */
const MOST_KNOWN = 1000
const known = new Map<string, string>()

/**
 * Whose a job will be that this owner adds to a batch: who adds by the batch's token adds for the batch's owner. Nobody
 * adds to somebody else's batch: it would become theirs with the deletion of its oldest job. The owner of a batch never
 * changes, so that it is asked for once in each process.
 * @throws AppError `not_your_batch`
 */
export async function ownerInBatch({ jobs }: BatchSource, batchId: string, owner: string): Promise<string> {
  const its = known.get(batchId) ?? (await jobs.batch(batchId))?.owner
  if (its === undefined) return owner
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(batchId, its)
  if (its !== owner && batchId !== owner) throw new AppError('not_your_batch')
  return its
}

/**
 * The token that comes with a batch which a sender without cookie or token has just created; undefined for others, and
 * where some of its jobs were there before.
 */
export function tokenForBatch(
  { owners }: { owners: Pick<Owners, 'tokenFor'> },
  { id, total }: Batch,
  { created, identified }: { created: number; identified: boolean },
): string | undefined {
  return created === total && !identified ? owners.tokenFor(id) : undefined
}
