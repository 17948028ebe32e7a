import type { Batch } from './jobs.ts'
import type { BatchView } from './vocabulary/batch.ts'

/** The batch as clients see it: without its owner. Its URLs begin with `basePath`. */
export function batchViewOf({ owner: _, createdAt, ...batch }: Batch, basePath: string): BatchView {
  const api = `${basePath}/api/batches/${batch.id}`
  return { ...batch, createdAt: createdAt.toISOString(), statusUrl: api, zipUrl: `${api}/result.zip` }
}
