import { createHash } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { batchViewOf } from '#lib/batch-view.ts'
import { snapshotOf } from '#lib/job-snapshot.ts'
import type { Batch, Job } from '#lib/jobs.ts'
import { batchFor, changeableBatch } from '../batch-access.ts'
import { cancelRest, deleteAll, retryFailed } from './batch-changes.ts'
import { BatchChangesSchema, BatchWithJobsSchema } from './batch-schema.ts'
import { isNotModified } from './conditions.ts'
import type { Api, ApiContext } from './context.ts'
import { CacheHeaders, IdParams, json, problem } from './schema.ts'

/** The polling interval for a batch that has not ended, in seconds. */
const RETRY_AFTER_S = '2'

const getBatch = createRoute({
  method: 'get',
  path: '/api/batches/{id}',
  operationId: 'getBatch',
  tags: ['batches'],
  summary: 'How far the files of one drop or call are, with a page of their jobs',
  request: {
    params: IdParams,
    headers: CacheHeaders,
    query: z.object({
      after: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50).openapi({ type: 'integer' }),
    }),
  },
  responses: {
    200: {
      ...json(BatchWithJobsSchema, 'As it is now'),
      headers: z.object({ etag: z.string(), 'retry-after': z.string().optional() }),
    },
    304: { description: 'Nothing has changed' },
    404: problem('No such batch'),
  },
})

const change = (method: 'post' | 'delete', path: string, [operationId, summary]: [string, string]) =>
  createRoute({
    method,
    path,
    operationId,
    tags: ['batches'],
    summary,
    request: { params: IdParams },
    responses: {
      200: json(BatchChangesSchema, 'Done, as far as one call goes'),
      403: problem('It is somebody else’s'),
      404: problem('No such batch'),
    },
  })

const BATCH = '/api/batches/{id}'
const CHANGES = [
  [change('post', `${BATCH}/cancel`, ['cancelBatch', 'Cancel what has not ended']), cancelRest],
  [change('post', `${BATCH}/retry`, ['retryBatch', 'Try again what failed']), retryFailed],
  [change('delete', BATCH, ['deleteBatch', 'Delete all of it with its files now']), deleteAll],
] as const

/** Looking at a batch, and changing all of it at once. */
export function mountBatches(api: Api, context: ApiContext): void {
  const { jobs, config } = context
  const { basePath } = config

  api.openapi(getBatch, async c => {
    const batch = await batchFor(context, c.req.valid('param'))
    const body = await withJobs(batch, c.req.valid('query'))
    const tag = tagOf(batch, body)
    c.header('etag', tag)
    c.header('cache-control', 'private, no-cache')
    if (batch.counts.queued + batch.counts.running > 0) c.header('retry-after', RETRY_AFTER_S)
    if (isNotModified(c.env.incoming.headers, { etag: tag })) return c.body(null, 304)
    return c.json(body, 200)
  })

  for (const [route, act] of CHANGES)
    api.openapi(route, async c => {
      const batch = await changeableBatch(context, c.req.valid('param'), c.env.incoming)
      const { changed, more } = await act(context, batch)
      const now = await jobs.batch(batch.id)
      const left = now?.owner === batch.owner ? batchViewOf(now, basePath) : null
      return c.json({ batch: left, changed, more }, 200)
    })

  async function withJobs(batch: Batch, page: { limit: number; after?: string | undefined }) {
    const { items, next } = await jobs.list({ owner: batch.owner, batchId: batch.id, ...page })
    const waiting = items.filter(({ state }) => state === 'queued').map(({ id }) => id)
    const positions = waiting.length > 0 ? await jobs.queuePositions(waiting) : new Map()
    const snapshot = (job: Job) => snapshotOf(job, basePath, positions.get(job.id)?.queue)
    return { ...batchViewOf(batch, basePath), jobs: items.map(snapshot), next }
  }
}

/** The version alone would not do: queue positions and estimates change without one, and it falls with a deleted job. */
function tagOf({ version }: Batch, body: object): string {
  const hash = createHash('sha256').update(JSON.stringify(body)).digest('base64url')
  return `"${version}-${hash.slice(0, 22)}"`
}
