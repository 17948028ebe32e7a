import type { Backend } from '../backend.ts'
import type { Logger } from '../log.ts'

/**
 * Looks whether the files of some hundred kept results are there, and records those that are missing and those that are
 * there again. Returns where to go on; null where all were looked at.
 */
export async function findLostResults(
  { jobs, storage }: Pick<Backend, 'jobs' | 'storage'>,
  log: Logger,
  after?: string,
): Promise<string | null> {
  const { items, next } = await jobs.keptResults(after)
  const missing: string[] = []
  for (const { id, result } of items) {
    const { lost, ...found } = result
    const isLost = (await storage.size(result.key)) === undefined
    if (isLost) missing.push(id)
    if (isLost !== Boolean(lost))
      await jobs.recordLoss({ id, result: isLost ? { ...found, lost: true } : found })
  }
  if (missing.length > 0)
    log.error({ results: missing.length, jobId: missing[0] }, 'results are missing in the storage')
  return next
}
