import { pipeline } from 'node:stream/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { createRoute, z } from '@hono/zod-openapi'
import { create as contentDisposition } from 'content-disposition'
import { batchZip, jobsOfBatch, zipName } from '#lib/batch-zip.ts'
import { whyNotKept } from '#lib/jobs/why-not-kept.ts'
import type { Job } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { BUNDLE_TYPE } from '#lib/vocabulary/formats.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'
import { batchFor } from '../batch-access.ts'
import type { Api, ApiContext } from './context.ts'
import { IdParams, problem } from './schema.ts'

const getZip = createRoute({
  method: 'get',
  path: '/api/batches/{id}/result.zip',
  operationId: 'getBatchResults',
  tags: ['batches'],
  summary:
    'Download all results that there are as one archive, with report.txt where there is something to tell',
  request: { params: IdParams },
  responses: {
    200: {
      description: 'The archive, sent while it is made: its length is not known before',
      headers: z.object({ 'content-disposition': z.string() }),
      content: { [BUNDLE_TYPE]: { schema: z.string().openapi({ format: 'binary' }) } },
    },
    404: problem('No such batch'),
    409: problem('There is no result yet, or all ended without one'),
    410: problem('All were deleted: their time was over, or somebody asked for it'),
  },
})

export function mountBatchZip(api: Api, context: ApiContext): void {
  const { jobs, storage, log } = context
  api.openapi(getZip, async c => {
    const { incoming, outgoing } = c.env
    const { id, owner } = await batchFor(context, c.req.valid('param'))
    const all = await jobsOfBatch(jobs, { id, owner })
    if (!all.some(({ result }) => result)) throw whyNothing(all)
    const headers = {
      'content-type': BUNDLE_TYPE,
      'content-disposition': contentDisposition(zipName(all, new Date())),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    }
    if (incoming.method === 'HEAD') return new Response(null, { status: 200, headers })
    outgoing.writeHead(200, headers)
    // After an error the connection breaks, so that nobody takes a part for the whole.
    await pipeline(batchZip(all, storage), outgoing).catch(error =>
      log.debug({ err: error, batchId: id }, 'the archive of a batch was broken off'),
    )
    return RESPONSE_ALREADY_SENT
  })
}

function whyNothing(jobs: readonly Job[]): AppError {
  if (jobs.some(({ state }) => !isTerminal(state))) return new AppError('not_ready', { retryAfter: 2 })
  const completed = jobs.find(({ state }) => state === 'completed')
  return (completed && whyNotKept(completed)) ?? new AppError('no_result')
}
