import { createRoute, z } from '@hono/zod-openapi'
import type { Api, ApiContext } from './context.ts'
import { json } from './schema.ts'

const describeApi = createRoute({
  method: 'get',
  path: '/api/openapi.json',
  summary: 'This document',
  responses: { 200: json(z.record(z.string(), z.unknown()), 'OpenAPI 3.1') },
})

export function mountOpenApi(api: Api, { config }: ApiContext): void {
  let document: Record<string, unknown> | undefined
  api.openapi(describeApi, c => {
    // Every call is registered before the first request.
    document ??= {
      ...api.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Nightshift', version: '1' },
        servers: [{ url: config.basePath || '/' }],
      }),
    }
    return c.json(document, 200)
  })
}
