import { getRequestListener } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import { AppError, asAppError } from '#lib/errors.ts'
import type { ApiContext, Env } from './api/context.ts'
import { mountConvert } from './api/convert.ts'
import { mountFormats } from './api/formats.ts'
import { mountHealth } from './api/health.ts'
import { mountJobs } from './api/jobs.ts'
import { lingerOver } from './api/linger.ts'
import { mountPresets } from './api/presets.ts'
import { problemResponse } from './api/problem.ts'
import { mountResult } from './api/result.ts'
import { mountThumbnail } from './api/thumbnail.ts'
import { mountUploads } from './api/uploads.ts'
import { isOwnOrigin } from './origin.ts'
import { Uploads } from './uploads.ts'

/** The REST API as a listener for Node's http server. */
export function createApi(context: ApiContext) {
  const api = new OpenAPIHono<Env>({
    defaultHook: result => {
      if (result.success) return
      const [issue] = result.error.issues
      // A number that no job can have is simply a job that is not there.
      if (result.target === 'param') throw new AppError('job_not_found')
      throw new AppError('invalid_request', {
        details: { reason: `“${issue?.path.join('.')}” is wrong (${issue?.message})` },
      })
    },
  })

  api.use(async (c, next) => {
    const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
    if (!reads && !isOwnOrigin(c.env.incoming, context.config)) throw new AppError('foreign_origin')
    await next()
  })
  const uploads = new Uploads(context)
  mountUploads(api, uploads)
  mountJobs(api, { ...context, uploads })
  mountConvert(api, { ...context, uploads })
  mountResult(api, context)
  mountThumbnail(api, context)
  mountFormats(api)
  mountPresets(api, context)
  mountHealth(api, context)
  api.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Nightshift', version: '1' },
    servers: [{ url: context.config.basePath || '/' }],
  })

  api.notFound(c => lingerOver(c.env.incoming, problemResponse(new AppError('not_found'))))
  api.onError((thrown, c) => {
    const error = asAppError(thrown)
    // 503 is an answer, asked for again and again by whoever watches; 500 is a defect.
    if (error.status === 500) context.log.error({ err: error, path: c.req.path }, error.message)
    return lingerOver(c.env.incoming, problemResponse(error))
  })
  return getRequestListener(api.fetch)
}

/** Whether a path is the API's; all others are pages. */
export function isApiPath(path: string): boolean {
  return path.startsWith('/api/') || isProbePath(path)
}

/** Whether somebody asks for life or readiness. */
export function isProbePath(path: string): boolean {
  return path === '/healthz' || path === '/readyz'
}
