import { pipeline } from 'node:stream/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { createRoute, z } from '@hono/zod-openapi'
import { AppError } from '#lib/vocabulary/errors.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'
import { findJob } from '../job-access.ts'
import { refuseUnlessKept } from '../kept-files.ts'
import { isNotModified } from './conditions.ts'
import type { Api, ApiContext } from './context.ts'
import { CacheHeaders, IdParams, problem } from './schema.ts'

const getThumbnail = createRoute({
  method: 'get',
  path: '/api/jobs/{id}/thumbnail',
  operationId: 'getThumbnail',
  tags: ['results'],
  summary: 'A picture of the first page, often before the result is there',
  request: {
    params: IdParams,
    headers: CacheHeaders,
    query: z.object({
      of: z.string().optional().openapi({
        description: 'Which attempt’s; a snapshot’s thumbnailUrl brings it, so that it is kept.',
      }),
    }),
  },
  responses: {
    200: {
      description: 'The picture',
      content: { 'image/png': { schema: z.string().openapi({ format: 'binary' }) } },
    },
    304: { description: 'You have it already' },
    404: problem('No such job, or no picture of it'),
    410: problem('Deleted, because its time was over or on request'),
  },
})

export function mountThumbnail(api: Api, { jobs, storage, log }: ApiContext): void {
  api.openapi(getThumbnail, async c => {
    const job = await findJob({ jobs }, c.req.valid('param'))
    if (job && isTerminal(job.state)) refuseUnlessKept(job)
    const key = job?.thumbnailKey
    const size = key && (await storage.size(key))
    if (!size) throw new AppError('file_not_found')
    const { incoming, outgoing } = c.env
    const etag = `"${key.slice(key.lastIndexOf('/') + 1)}"`
    const headers = {
      etag,
      'content-type': 'image/png',
      // The URL contains the attempt, so its content never changes.
      'cache-control': 'private, max-age=86400, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
    }
    if (isNotModified(incoming.headers, { etag })) return c.body(null, 304, headers)
    const whole = { ...headers, 'content-length': String(size) }
    if (incoming.method === 'HEAD') return c.body(null, 200, whole)
    const bytes = await storage.read(key)
    outgoing.writeHead(200, whole)
    await pipeline(bytes, outgoing).catch(error => log.debug({ err: error }, 'a picture was broken off'))
    return RESPONSE_ALREADY_SENT
  })
}
