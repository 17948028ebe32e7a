import type { IncomingMessage } from 'node:http'
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { fullSnapshotOf, snapshotOf } from '#lib/job-snapshot.ts'
import type { Job } from '#lib/jobs.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'
import type { EarlierResult, FullSnapshot } from '#lib/vocabulary/snapshot.ts'
import { untilEnded } from '../event-hub.ts'
import { changeableJob, findJob, jobFor, listOwnJobs, tokenForCreator } from '../job-access.ts'
import { cancelOrDelete, keptEarlierResult, purgeWithFiles } from '../kept-files.ts'
import { secretForCreator } from './asked-webhook.ts'
import { isNotModified } from './conditions.ts'
import type { Api, Env } from './context.ts'
import { AgainFieldsSchema, convertAgain } from './convert-again.ts'
import { FieldsSchema, readFields } from './form-fields.ts'
import { createJobFromForm, createJobFromUpload, type Intake, type IntakeContext } from './intake.ts'
import { isJson, readJson } from './json-body.ts'
import { createMergedJob, MergeFieldsSchema } from './merge-intake.ts'
import { type Requester, readRequester } from './requester.ts'
import {
  acceptLanguage,
  CacheHeaders,
  CreatedJobSchema,
  FullSnapshotSchema,
  IdParams,
  json,
  problem,
  SnapshotSchema,
  traceparentHeader,
} from './schema.ts'

const UploadFieldsSchema = FieldsSchema.extend({
  uploadId: z.uuid().openapi({ description: 'A finished upload; its number becomes the job’s.' }),
})

/** The polling interval for a job that has not ended, in seconds. */
const RETRY_AFTER_S = '2'

/** Most proxies do not wait longer either, in seconds. */
const MOST_WAIT_S = 60

const createJob = createRoute({
  method: 'post',
  path: '/api/jobs',
  operationId: 'createJob',
  tags: ['jobs'],
  summary:
    'Send a file to be converted, or name finished uploads, results to merge, or a job to convert again',
  request: {
    headers: z.object({
      'idempotency-key': z.string().min(1).max(200).optional(),
      'accept-language': acceptLanguage,
      traceparent: traceparentHeader,
      prefer: z
        .string()
        .optional()
        .openapi({
          description: `“wait=N” answers when the job has ended, or after N (to ${MOST_WAIT_S}) s.`,
        }),
    }),
    // Intake parses it as a stream; it is declared here for the documentation.
    body: {
      content: {
        'multipart/form-data': {
          schema: FieldsSchema.extend({ file: z.string().openapi({ format: 'binary' }) }),
        },
        'application/json': { schema: z.union([UploadFieldsSchema, MergeFieldsSchema, AgainFieldsSchema]) },
      },
    },
  },
  responses: {
    200: json(CreatedJobSchema, 'It has ended while you waited, or with reuse=true was there before'),
    202: {
      ...json(CreatedJobSchema, 'Accepted: come back with this number'),
      headers: z.object({ location: z.string(), 'retry-after': z.string() }),
    },
    400: problem('The form is wrong'),
    403: problem('The batch is somebody else’s'),
    404: problem('There is no such upload, or no such job'),
    408: problem('Hardly anything arrived'),
    409: problem('The upload is not complete'),
    410: problem('The upload was not finished in time, or the source is not kept any more'),
    413: problem('The file is too large'),
    422: problem('The file cannot be converted, or is locked while you wait'),
    429: problem('You have too many uploads open or jobs waiting'),
    503: problem('Too many jobs wait'),
    507: problem('It would not fit on the disk'),
  },
})

const getJob = (operationId: string, path: string) =>
  createRoute({
    method: 'get',
    path,
    operationId,
    tags: ['jobs'],
    summary: 'How a job stands',
    request: { params: IdParams, headers: CacheHeaders },
    responses: {
      200: { ...json(FullSnapshotSchema, 'The job'), headers: z.object({ etag: z.string() }) },
      304: { description: 'Nothing changed since If-None-Match' },
      404: problem('No such job'),
    },
  })

const listJobs = createRoute({
  method: 'get',
  path: '/api/jobs',
  operationId: 'listJobs',
  tags: ['jobs'],
  summary: 'Your jobs, newest first',
  request: {
    query: z.object({
      batchId: z.uuid().optional(),
      after: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50).openapi({ type: 'integer' }),
    }),
  },
  responses: {
    200: json(z.object({ jobs: z.array(SnapshotSchema), next: z.uuid().nullable() }), 'A page of jobs'),
  },
})

const deleteJob = createRoute({
  method: 'delete',
  path: '/api/jobs/{id}',
  operationId: 'deleteJob',
  tags: ['jobs'],
  summary:
    'Cancel a job; of one that has ended, delete the files now. With purge=1 its owner and all names are forgotten, too',
  request: { params: IdParams, query: z.object({ purge: z.literal('1').optional() }) },
  responses: {
    200: json(SnapshotSchema, 'Cancelled, or its files are deleted: `receipt` tells which and when'),
    204: { description: 'Only its receipt is left, without owner or name, for whoever has the link' },
    403: problem('It is not yours'),
    404: problem('No such job'),
  },
})

const retryJob = createRoute({
  method: 'post',
  path: '/api/jobs/{id}/retry',
  operationId: 'retryJob',
  tags: ['jobs'],
  summary: 'Try a failed or cancelled job again',
  request: { params: IdParams },
  responses: {
    202: json(SnapshotSchema, 'It waits again'),
    403: problem('It is not yours'),
    404: problem('No such job'),
    409: problem('It cannot be tried again'),
  },
})

export function mountJobs(api: Api, context: IntakeContext): void {
  const { jobs, owners, config } = context
  const { basePath } = config
  const positionOf = async (job: Job) => (job.state === 'queued' ? jobs.queuePosition(job.id) : null)

  const earlierFor = async ({ job, created }: Intake, { identified }: Requester) =>
    created && identified ? keptEarlierResult(job, context) : undefined

  // Not `openapi`: its validation would read the whole form into memory.
  api.openAPIRegistry.registerPath(createJob)
  api.post('/api/jobs', async c => {
    const { incoming } = c.env
    const waitS = preferredWait(c.req.header('prefer'))
    const requester = readRequester(c, context, waitS > 0)
    const intake = isJson(incoming)
      ? await createJobFromJson(incoming, requester, context)
      : await createJobFromForm(incoming, requester, context)
    const { job } = intake
    const ownerToken = tokenForCreator(context, intake, requester)
    const earlier = earlierOf(await earlierFor(intake, requester), basePath)
    const webhookSecret = secretForCreator(context, intake, requester)
    const rights = {
      ...(ownerToken !== undefined && { ownerToken }),
      ...(webhookSecret !== undefined && { webhookSecret }),
    }
    const extras = { ...rights, earlier }
    if (intake.isReused) return c.json({ ...snapshotOf(job, basePath), ...extras }, 200)
    c.header('location', `${basePath}/api/jobs/${job.id}`)
    const ended = waitS > 0 ? await endedWithin(waitS, job, context) : undefined
    if (waitS > 0) c.header('preference-applied', `wait=${waitS}`)
    if (ended && isTerminal(ended.state)) return c.json({ ...snapshotOf(ended, basePath), ...extras }, 200)
    c.header('retry-after', RETRY_AFTER_S)
    const now = waitS > 0 ? ((await findJob(context, job)) ?? job) : job
    return c.json({ ...snapshotOf(now, basePath, await positionOf(now)), ...extras }, 202)
  })

  for (const route of [getJob('getJob', '/api/jobs/{id}'), getJob('getStatus', '/api/status/{id}')]) {
    api.openapi(route, async c => {
      const job = await jobFor(context, c.req.valid('param'))
      return answerJob(c, fullSnapshotOf(job, basePath, await positionOf(job)))
    })
  }

  api.openapi(listJobs, async c => {
    const { owner, identified } = owners.of(c.env.incoming)
    if (!identified) return c.json({ jobs: [], next: null }, 200)
    const page = await listOwnJobs(context, { owner, ...c.req.valid('query') })
    const positions = await jobs.queuePositions(page.items.map(job => job.id))
    return c.json(
      {
        jobs: page.items.map(job => snapshotOf(job, basePath, positions.get(job.id)?.queue)),
        next: page.next,
      },
      200,
    )
  })

  api.openapi(deleteJob, async c => {
    const { id } = await changeableJob(context, c.req.valid('param'), c.env.incoming)
    if (!c.req.valid('query').purge)
      return c.json(snapshotOf(await cancelOrDelete(id, context), basePath), 200)
    await purgeWithFiles(id, context)
    return c.body(null, 204)
  })

  api.openapi(retryJob, async c => {
    const { id } = await changeableJob(context, c.req.valid('param'), c.env.incoming)
    const job = await jobs.retry(id, config.maxAttempts)
    return c.json(snapshotOf(job, basePath, await positionOf(job)), 202)
  })
}

function earlierOf(job: Job | undefined, basePath: string): EarlierResult | null {
  if (!job?.finishedAt) return null
  const { id, resultUrl } = snapshotOf(job, basePath)
  return { id, resultUrl, finishedAt: job.finishedAt.toISOString() }
}

/** A job of an upload, of several sources, or of the source of an earlier job. */
async function createJobFromJson(
  incoming: IncomingMessage,
  requester: Requester,
  context: IntakeContext,
): Promise<Intake> {
  const body = await readJson(incoming)
  if (typeof body === 'object' && body !== null && 'sources' in body)
    return createMergedJob(incoming, { settings: readFields(body, MergeFieldsSchema), requester }, context)
  if (typeof body === 'object' && body !== null && 'retryOf' in body)
    return convertAgain({ settings: readFields(body, AgainFieldsSchema), requester }, context)
  return createJobFromUpload(incoming, { settings: readFields(body, UploadFieldsSchema), requester }, context)
}

/** The snapshot with its ETag. Where the job waits changes without a new version, so it is part of the tag. */
function answerJob(c: Context<Env>, job: FullSnapshot) {
  const { position, startsInS, workers } = job.queue ?? {}
  const tag = `"${job.version}${job.queue ? `-${position ?? ''}-${startsInS ?? ''}-${workers}` : ''}"`
  c.header('etag', tag)
  c.header('cache-control', 'private, no-cache')
  if (!isTerminal(job.state)) c.header('retry-after', RETRY_AFTER_S)
  if (isNotModified(c.env.incoming.headers, { etag: tag })) return c.body(null, 304)
  return c.json(job, 200)
}

/** The seconds of a `Prefer: wait=N`, 0 without one. */
function preferredWait(prefer = ''): number {
  return Math.min(MOST_WAIT_S, Number(/(?:^|[,;\s])wait=(\d+)/i.exec(prefer)?.[1] ?? 0))
}

/** The job, if it ended in time or needs something of its sender. */
async function endedWithin(
  seconds: number,
  job: Job,
  { jobs, events, stopping }: IntakeContext,
): Promise<Job | undefined> {
  const signal = AbortSignal.any([AbortSignal.timeout(seconds * 1000), stopping])
  return untilEnded(job, { jobs, events, signal }).catch(error => {
    if (signal.aborted) return undefined
    throw error
  })
}
