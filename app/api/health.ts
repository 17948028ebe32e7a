import { timingSafeEqual } from 'node:crypto'
import { createRoute, z } from '@hono/zod-openapi'
import { AppError } from '#lib/errors.ts'
import type { QueueStats } from '#lib/jobs.ts'
import type { Api, ApiContext } from './context.ts'
import { json, problem } from './schema.ts'

const alive = createRoute({
  method: 'get',
  path: '/healthz',
  operationId: 'getHealth',
  tags: ['health'],
  summary: 'Whether the web process lives; asks nobody else',
  responses: { 200: json(z.object({ ok: z.literal(true) }), 'It lives') },
})

const ready = createRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'getReadiness',
  tags: ['health'],
  summary: 'Whether files can be converted: some worker has converted one of its own',
  responses: {
    200: json(z.object({ ok: z.literal(true), workers: z.int() }), 'Ready'),
    503: problem('Not ready, and why'),
  },
})

const WorkerSchema = z.object({
  worker: z.string(),
  slots: z.int(),
  ready: z.boolean(),
  trouble: z.string().nullable(),
})

const queue = createRoute({
  method: 'get',
  path: '/api/admin/queue',
  operationId: 'getQueue',
  tags: ['health'],
  summary: 'The queue and the workers, for the operator',
  security: [{ adminToken: [] }],
  responses: {
    200: json(
      z.object({ queued: z.int(), running: z.int(), dead: z.int(), workers: z.array(WorkerSchema) }),
      'How the queue stands',
    ),
    401: problem('The admin token is missing or wrong'),
  },
})

export function mountHealth(api: Api, { jobs, adminToken }: ApiContext): void {
  api.openapi(alive, c => c.json({ ok: true as const }, 200))

  api.openapi(ready, async c => {
    const { workers } = await jobs.stats()
    const able = workers.filter(worker => worker.ready)
    if (able.length === 0)
      throw new AppError('not_operational', { details: { trouble: troubleOf(workers) }, retryAfter: 5 })
    return c.json({ ok: true as const, workers: able.length }, 200)
  })

  api.openAPIRegistry.registerComponent('securitySchemes', 'adminToken', { type: 'http', scheme: 'bearer' })
  api.openapi(queue, async c => {
    if (!isToken(c.req.header('authorization')?.replace(/^Bearer /i, '') ?? '', adminToken))
      throw new AppError('not_signed_in')
    return c.json(await jobs.stats(), 200)
  })
}

function troubleOf(workers: QueueStats['workers']): string {
  return (
    workers.find(worker => worker.trouble)?.trouble ??
    (workers.length > 0
      ? 'A worker is starting; ask again in a moment.'
      : 'Start one with “nightshift worker”.')
  )
}

function isToken(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
