import { createRoute, z } from '@hono/zod-openapi'
import { batchViewOf } from '#lib/batch-view.ts'
import { snapshotOf } from '#lib/job-snapshot.ts'
import { AppError, asAppError } from '#lib/vocabulary/errors.ts'
import { tokenForBatch } from '../batch-access.ts'
import { refusalBy } from '../metrics/web-fact.ts'
import { secretForBatch } from './asked-webhook.ts'
import {
  BatchFieldsSchema,
  type BatchItem,
  BatchUploadsSchema,
  createBatchFromForm,
  createBatchOfUploads,
} from './batch-intake.ts'
import { CreatedBatchSchema, RefusedBatchSchema } from './batch-schema.ts'
import type { Api } from './context.ts'
import type { IntakeContext } from './intake.ts'
import { isJson } from './json-body.ts'
import { PROBLEM_HEADERS, problemBody } from './problem.ts'
import { readRequester } from './requester.ts'
import { acceptLanguage, json, problem, traceparentHeader } from './schema.ts'

const refused = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: RefusedBatchSchema.partial({ items: true }) } },
})

const createBatch = createRoute({
  method: 'post',
  path: '/api/batches',
  operationId: 'createBatch',
  tags: ['batches'],
  summary: 'Send many files to be converted, or name uploads that are finished',
  request: {
    headers: z.object({
      'idempotency-key': z.string().min(1).max(200).optional(),
      'accept-language': acceptLanguage,
      traceparent: traceparentHeader,
    }),
    // Intake parses it as a stream; it is declared here for the documentation.
    body: {
      content: {
        'multipart/form-data': {
          schema: BatchFieldsSchema.extend({
            file: z.array(z.string().openapi({ format: 'binary' })).openapi({
              description: 'The field stands in the form once for each file; names may have folders.',
            }),
          }),
        },
        'application/json': { schema: BatchUploadsSchema },
      },
    },
  },
  responses: {
    202: {
      ...json(CreatedBatchSchema, 'At least one file was accepted: each has its job or its problem'),
      headers: z.object({ location: z.string(), 'retry-after': z.string() }),
    },
    400: problem('The call is wrong, or no file came'),
    403: refused('The batch is somebody else’s'),
    404: refused('None of these uploads is there'),
    408: problem('Hardly anything arrived'),
    409: refused('No upload is complete'),
    410: refused('No upload was finished in time'),
    413: refused('All files are too large'),
    415: problem('Neither a form nor JSON'),
    422: refused('No file can be converted'),
    429: refused('You have too many uploads open or jobs waiting'),
    500: refused('No file was accepted, for a reason that the log tells'),
    503: refused('Too many jobs wait'),
    507: refused('It would not fit on the disk'),
  },
})

export function mountCreateBatch(api: Api, context: IntakeContext): void {
  const { jobs, owners, config, metrics } = context
  const { basePath } = config

  // Not `openapi`: its validation would read the whole form into memory.
  api.openAPIRegistry.registerPath(createBatch)
  api.post('/api/batches', async c => {
    const { incoming } = c.env
    const create = isJson(incoming) ? createBatchOfUploads : createBatchFromForm
    const requester = readRequester(c, context, false)
    const items = await create(incoming, requester, context)
    for (const { outcome } of items) if (!('batchId' in outcome)) metrics.observe(refusalBy(outcome))
    const [first] = items.flatMap(({ outcome }) => ('batchId' in outcome ? [outcome] : []))
    if (!first) return refuseAll(items)
    const batch = await jobs.batch(first.batchId)
    if (!batch) throw new AppError('batch_not_found')
    c.header('location', `${basePath}/api/batches/${batch.id}`)
    c.header('retry-after', String(Math.max(2, ...items.map(item => retryAfterOf(item) ?? 0))))
    const created = items.filter(item => item.created).length
    const ownerToken = tokenForBatch({ owners }, batch, { ...requester, created })
    const outcomes = items.map(({ outcome }) => outcome)
    const webhookSecret = secretForBatch(context, batch, { outcomes, created, by: requester })
    const rights = {
      ...(ownerToken !== undefined && { ownerToken }),
      ...(webhookSecret !== undefined && { webhookSecret }),
    }
    return c.json({ batch: batchViewOf(batch, basePath), items: items.map(itemOf), ...rights }, 202)
  })

  function itemOf(item: BatchItem) {
    const { fileName, outcome } = item
    if ('batchId' in outcome)
      return { fileName, job: snapshotOf(outcome, basePath), problem: null, retryAfterS: null }
    const problem = problemBody(outcome.toJobError(), outcome.status)
    return { fileName, job: null, problem, retryAfterS: retryAfterOf(item) }
  }

  /** The first refusal, with those of all files. */
  function refuseAll(items: readonly BatchItem[]): Response {
    const [first] = items
    const error = first ? asAppError(first.outcome) : new AppError('no_file')
    const body = { ...problemBody(error.toJobError(), error.status), items: items.map(itemOf) }
    const retryAfter = Math.max(...items.map(item => retryAfterOf(item) ?? 0))
    const headers = { ...PROBLEM_HEADERS, ...(retryAfter > 0 && { 'Retry-After': String(retryAfter) }) }
    return new Response(JSON.stringify(body), { status: error.status, headers })
  }
}

/** In seconds; null where the same file would be refused again. */
function retryAfterOf({ outcome }: BatchItem): number | null {
  if ('batchId' in outcome || !outcome.retryable) return null
  return outcome.retryAfter ?? 5
}
