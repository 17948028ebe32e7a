import { getRequestListener } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import { AppError, asAppError } from '#lib/vocabulary/errors.ts'
import { mountAdminJobs } from './api/admin-jobs-routes.ts'
import { mountCreateBatch } from './api/batch-create-route.ts'
import { mountBatchZip } from './api/batch-zip-route.ts'
import { mountBatches } from './api/batches-routes.ts'
import { mountChecks } from './api/checks-routes.ts'
import type { ApiContext, Env } from './api/context.ts'
import { mountConvert } from './api/convert-routes.ts'
import { mountFormats } from './api/formats-routes.ts'
import { mountHealth } from './api/health-routes.ts'
import { invalidRequest } from './api/invalid-request.ts'
import { mountJobs } from './api/jobs-routes.ts'
import { lingerOver } from './api/linger.ts'
import { mountMetrics } from './api/metrics-routes.ts'
import { mountOpenApi } from './api/openapi-routes.ts'
import { mountOperations } from './api/operation-actions.ts'
import { mountOwnerFiles } from './api/owner-files-routes.ts'
import { mountPassword } from './api/password-routes.ts'
import { mountPresets } from './api/presets-routes.ts'
import { problemResponse } from './api/problem.ts'
import { mountResult } from './api/result-routes.ts'
import { RouteTable } from './api/route-table.ts'
import { mountSignIn } from './api/sign-in-routes.ts'
import { mountThumbnail } from './api/thumbnail-routes.ts'
import { answerUnrouted } from './api/unrouted.ts'
import { mountUploads } from './api/uploads-routes.ts'
import { mountWebhooks } from './api/webhook-routes.ts'
import { isDecodable } from './base-path.ts'
import { createsJobs, refusalBy } from './metrics/web-fact.ts'
import { isOwnOrigin } from './origin.ts'
import { traceIdOfRequest } from './request-trace.ts'
import { Uploads } from './uploads.ts'

/** The REST API as a listener for Node's http server. */
export function createApi(context: ApiContext) {
  const api = new OpenAPIHono<Env>({
    defaultHook: (result, c) => {
      if (result.success) return
      const [issue] = result.error.issues
      // An id that no job can have is an unknown job, and so with batches.
      if (result.target === 'param' && issue?.path[0] === 'id')
        throw new AppError(c.req.path.startsWith('/api/batches/') ? 'batch_not_found' : 'job_not_found')
      throw invalidRequest(`“${issue?.path.join('.')}” is wrong (${issue?.message})`)
    },
  })

  const calls = new RouteTable(api.openAPIRegistry)
  api.use(async (c, next) => {
    const url = new URL(c.req.url)
    if (!isDecodable(url.pathname)) throw invalidRequest('its path has a percent sign that encodes nothing')
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (!reads && !isOwnOrigin(c.env.incoming, context.config)) throw new AppError('foreign_origin')
    const encoding = c.req.header('content-encoding') ?? 'identity'
    if (!reads && encoding !== 'identity')
      throw new AppError('unsupported_encoding', { details: { encoding } })
    calls.checkQuery(c.req.method, url)
    await next()
  })
  const uploads = new Uploads(context)
  mountUploads(api, uploads)
  mountJobs(api, { ...context, uploads })
  mountOwnerFiles(api, context)
  mountPassword(api, context)
  mountCreateBatch(api, { ...context, uploads })
  mountBatches(api, context)
  mountBatchZip(api, context)
  mountConvert(api, { ...context, uploads })
  mountResult(api, context)
  mountThumbnail(api, context)
  mountFormats(api)
  mountPresets(api, context)
  mountWebhooks(api, context)
  mountHealth(api, context)
  mountMetrics(api, context)
  mountChecks(api, context)
  mountSignIn(api, context)
  mountOperations(api, context)
  mountAdminJobs(api, context)
  mountOpenApi(api, context)

  api.notFound(c => lingerOver(c.env.incoming, answerUnrouted(c.req.method, c.req.path, calls)))
  api.onError((thrown, c) => {
    const error = asAppError(thrown)
    const traceId = traceIdOfRequest(c.env.incoming, context.tracing)
    if (createsJobs(c.req.method, c.req.path)) context.metrics.observe(refusalBy(error))
    // Monitoring requests 503 again and again, so it is not logged; 500 is a bug.
    if (error.status === 500) context.log.error({ err: error, path: c.req.path, traceId }, error.message)
    return lingerOver(c.env.incoming, problemResponse(error, traceId))
  })
  return getRequestListener(api.fetch, {
    // HTTP/1.0 does not require a Host header.
    hostname: 'localhost',
    // Handles targets that cannot be parsed as a URL.
    errorHandler: error =>
      problemResponse(invalidRequest(error instanceof Error ? error.message : String(error))),
  })
}
