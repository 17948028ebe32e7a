import { createRoute, z } from '@hono/zod-openapi'
import { figuresOf } from '../metrics/figures.ts'
import { ensureMayLook } from '../operators.ts'
import type { Api, ApiContext } from './context.ts'
import { describeTokens } from './operator-tokens.ts'
import { problem } from './schema.ts'

/** The text format that Prometheus reads. */
const TEXT_FORMAT = 'text/plain; version=0.0.4; charset=utf-8'

const metrics = createRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'getMetrics',
  tags: ['health'],
  summary: 'Metrics of this web process, of the queue and of all workers, for Prometheus',
  security: [{ adminToken: [] }, { operatorToken: [] }],
  responses: {
    200: {
      description: 'The text format of Prometheus',
      content: { [TEXT_FORMAT]: { schema: z.string() } },
    },
    401: problem('The token is missing or wrong'),
  },
})

export function mountMetrics(api: Api, context: ApiContext): void {
  const readFigures = figuresOf(context)
  describeTokens(api)
  api.openAPIRegistry.registerPath(metrics)
  api.get('/metrics', async c => {
    await ensureMayLook(context.operators, c.env.incoming.headers)
    const text = await context.metrics.text(await readFigures())
    return c.body(text, 200, { 'content-type': TEXT_FORMAT, 'cache-control': 'no-store' })
  })
}
