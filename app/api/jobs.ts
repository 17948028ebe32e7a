import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { AppError } from '#lib/errors.ts'
import { isTerminal, type Job, jobPrefix, type QueuePlace } from '#lib/jobs.ts'
import { fullSnapshotOf, snapshotOf } from '#lib/snapshot.ts'
import type { Api, ApiContext, Env } from './context.ts'
import { takeIn } from './intake.ts'
import { FullSnapshotSchema, IdParams, json, problem, SnapshotSchema } from './schema.ts'

/** When asking again makes sense while a job goes on, in seconds. */
const RETRY_AFTER_S = '2'

const createJob = createRoute({
  method: 'post',
  path: '/api/jobs',
  summary: 'Send a file to be converted',
  request: {
    headers: z.object({ 'idempotency-key': z.string().min(1).max(200).optional() }),
    // Parsed by intake as it streams; stands here for the documentation.
    body: {
      content: {
        'multipart/form-data': {
          schema: z.object({
            file: z.string().openapi({ format: 'binary' }),
            target: z.string().default('pdf'),
            options: z
              .string()
              .optional()
              .openapi({ description: 'As JSON, by the names that /api/formats lists.' }),
            batchId: z.uuid().optional(),
          }),
        },
      },
    },
  },
  responses: {
    202: json(SnapshotSchema, 'Accepted: come back with this number'),
    400: problem('The form is wrong'),
    413: problem('The file is too large'),
    422: problem('The file cannot be converted'),
    503: problem('Too many jobs wait'),
    507: problem('The disk is full'),
  },
})

const getJob = (path: string) =>
  createRoute({
    method: 'get',
    path,
    summary: 'How a job stands',
    request: { params: IdParams },
    responses: {
      200: json(FullSnapshotSchema, 'The job'),
      304: { description: 'Nothing changed since If-None-Match' },
      404: problem('No such job'),
    },
  })

const listJobs = createRoute({
  method: 'get',
  path: '/api/jobs',
  summary: 'Your jobs, newest first',
  request: {
    query: z.object({
      batchId: z.uuid().optional(),
      after: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: {
    200: json(z.object({ jobs: z.array(SnapshotSchema), next: z.uuid().nullable() }), 'A page of jobs'),
  },
})

const deleteJob = createRoute({
  method: 'delete',
  path: '/api/jobs/{id}',
  summary: 'Cancel a job, or with purge=1 delete it with its files now',
  request: { params: IdParams, query: z.object({ purge: z.literal('1').optional() }) },
  responses: {
    200: json(SnapshotSchema, 'Cancelled'),
    204: { description: 'Deleted' },
    404: problem('No such job'),
    409: problem('It had ended already'),
  },
})

const retryJob = createRoute({
  method: 'post',
  path: '/api/jobs/{id}/retry',
  summary: 'Try a failed or cancelled job again',
  request: { params: IdParams },
  responses: {
    202: json(SnapshotSchema, 'It waits again'),
    404: problem('No such job'),
    409: problem('It cannot be tried again'),
  },
})

export function mountJobs(api: Api, context: ApiContext): void {
  const { jobs, storage, owners, config } = context
  const placeOf = async (job: Job) =>
    job.state === 'queued' ? ((await jobs.places()).get(job.id) ?? null) : null

  // Not `openapi`: its validation would read the whole form into memory.
  api.openAPIRegistry.registerPath(createJob)
  api.post('/api/jobs', async c => {
    const { owner } = owners.of(c.env.incoming)
    const job = await takeIn(
      c.env.incoming,
      { owner, idempotencyKey: c.req.header('idempotency-key') },
      context,
    )
    c.header('location', `/api/jobs/${job.id}`)
    c.header('retry-after', RETRY_AFTER_S)
    return c.json(snapshotOf(job, await placeOf(job)), 202)
  })

  for (const path of ['/api/jobs/{id}', '/api/status/{id}']) {
    api.openapi(getJob(path), async c => {
      const job = await jobs.get(c.req.valid('param').id)
      if (!job) throw new AppError('job_not_found')
      return answerJob(c, job, await placeOf(job))
    })
  }

  api.openapi(listJobs, async c => {
    const { owner, listed } = owners.of(c.env.incoming)
    if (!listed) return c.json({ jobs: [], next: null }, 200)
    const page = await jobs.list({ owner, ...c.req.valid('query') })
    const places = await jobs.places()
    return c.json({ jobs: page.items.map(job => snapshotOf(job, places.get(job.id))), next: page.next }, 200)
  })

  api.openapi(deleteJob, async c => {
    const { id } = c.req.valid('param')
    if (!c.req.valid('query').purge) return c.json(snapshotOf(await jobs.cancel(id)), 200)
    await jobs.remove(id)
    await storage.delete(jobPrefix(id))
    return c.body(null, 204)
  })

  api.openapi(retryJob, async c => {
    const job = await jobs.retry(c.req.valid('param').id, config.maxAttempts)
    return c.json(snapshotOf(job, await placeOf(job)), 202)
  })
}

/** The snapshot with its ETag. The place in the queue moves without a new version, so it is part of the tag. */
function answerJob(c: Context<Env>, job: Job, place: QueuePlace | null) {
  const tag = `"${job.version}${place ? `-${place.position}` : ''}"`
  c.header('etag', tag)
  c.header('cache-control', 'private, no-cache')
  if (!isTerminal(job.state)) c.header('retry-after', RETRY_AFTER_S)
  if (c.req.header('if-none-match') === tag) return c.body(null, 304)
  return c.json(fullSnapshotOf(job, place), 200)
}
