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

/** Only its owner changes a batch; an address alone is none. */
function mayChange(batch: Batch, by: { owner: string; identified: boolean }): boolean {
  return by.identified && by.owner === batch.owner
}
