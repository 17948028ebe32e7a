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
  context: BatchSource & { owners: Pick<Owners, 'of'> },
  scope: { id: string },
  incoming: IncomingMessage,
): Promise<Batch> {
  const batch = await batchFor(context, scope)
  if (!mayChange(batch, context.owners.of(incoming))) throw new AppError('not_your_batch')
  return batch
}

/** So many batches are known by their owner without asking. */
const MOST_KNOWN = 1000
const known = new Map<string, string>()

/**
 * Nobody adds to somebody else's batch: it would become theirs with the deletion of its oldest job. The owner of a batch
 * never changes, so that it is asked for once in each process.
 * @throws AppError `not_your_batch`
 */
export async function ensureOwnBatch({ jobs }: BatchSource, batchId: string, owner: string): Promise<void> {
  const its = known.get(batchId) ?? (await jobs.batch(batchId))?.owner
  if (its === undefined) return
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(batchId, its)
  if (its !== owner) throw new AppError('not_your_batch')
}

/** Only its owner changes a batch; an address alone is none. */
function mayChange(batch: Batch, by: { owner: string; identified: boolean }): boolean {
  return by.identified && by.owner === batch.owner
}
