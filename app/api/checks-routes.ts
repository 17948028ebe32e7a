import { createRoute, z } from '@hono/zod-openapi'
import { CHECK_STATES } from '#lib/vocabulary/check.ts'
import { ensureMayLook } from '../operators.ts'
import type { Api, ApiContext } from './context.ts'
import { receiveProbe } from './receive-probe.ts'
import { json, problem } from './schema.ts'

const CheckSchema = z.object({
  id: z.string(),
  state: z.enum(CHECK_STATES),
  what: z.string(),
  found: z.string(),
  mend: z.string().nullable().openapi({ description: 'A command or a setting that mends it.' }),
})

const security = [{ adminToken: [] }, { operatorToken: [] }]

const checks = createRoute({
  method: 'get',
  path: '/api/admin/checks',
  operationId: 'getChecks',
  tags: ['health'],
  summary: 'What the web process finds out about database, disk, memory, clocks and workers, for operators',
  security,
  responses: {
    200: json(z.object({ checks: z.array(CheckSchema) }), 'What was found'),
    401: problem('The token is missing or wrong'),
  },
})

const probe = createRoute({
  method: 'post',
  path: '/api/admin/checks/upload',
  operationId: 'probeUpload',
  tags: ['health'],
  summary: 'Takes bytes and forgets them, to find out whether a proxy lets them pass as they are sent',
  security,
  request: {
    body: { content: { 'application/octet-stream': { schema: z.string().openapi({ format: 'binary' }) } } },
  },
  responses: {
    200: json(
      z.object({
        bytes: z.int(),
        receivedMs: z.int().openapi({ description: 'From the head of the request to its last byte.' }),
      }),
      'What arrived',
    ),
    401: problem('The token is missing or wrong'),
    413: problem('More than a part of an upload has'),
  },
})

export function mountChecks(api: Api, context: ApiContext): void {
  const { operators } = context
  api.openapi(checks, async c => {
    await ensureMayLook(operators, c.env.incoming.headers)
    c.header('Cache-Control', 'no-store')
    return c.json({ checks: await context.checks() }, 200)
  })
  // The body is read as it arrives; validation would read it into memory.
  api.openAPIRegistry.registerPath(probe)
  api.post('/api/admin/checks/upload', async c => {
    await ensureMayLook(operators, c.env.incoming.headers)
    c.header('Cache-Control', 'no-store')
    return c.json(await receiveProbe(c.env.incoming), 200)
  })
}
