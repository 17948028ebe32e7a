import { createRoute, z } from '@hono/zod-openapi'
import type { QueueStats, WorkerStatus } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { NOT_COVERED, SANDBOXES } from '#lib/vocabulary/sandboxes.ts'
import { ENGINE_STATES } from '#lib/worker-activity.ts'
import { ensureMayLook } from '../operators.ts'
import { ensureFreeSpace } from '../uploads/ensure-free-space.ts'
import type { Api, ApiContext } from './context.ts'
import { PROBLEM_HEADERS, problemBody } from './problem.ts'
import { json, NotReadySchema, ProgressSchema, problem } from './schema.ts'

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
  summary:
    'Whether files can be taken and converted: the disk has room, and some worker has converted one of its own',
  responses: {
    200: json(
      z.object({
        ok: z.literal(true),
        workers: z.int(),
        pausedSince: z.iso.datetime().optional().openapi({
          description: 'Present while the operator lets no job start: files are taken, and wait.',
        }),
        sandboxes: z
          .array(z.object({ sandbox: z.enum(SANDBOXES), notCovered: z.array(z.string()) }))
          .openapi({
            description:
              'What the workers convert in, and what a document that has taken over LibreOffice could still do there.',
          }),
      }),
      'Ready',
    ),
    503: {
      description: 'Not ready, with every reason and what to do',
      content: { 'application/problem+json': { schema: NotReadySchema } },
    },
  },
})

const EngineSchema = z.object({
  name: z.string().optional(),
  state: z.enum(ENGINE_STATES),
  pid: z.int().nullable(),
  startedAt: z.iso.datetime(),
  documents: z.int().openapi({ description: 'Since its start.' }),
  memoryBytes: z.int().nullable(),
  jobId: z.uuid().optional().openapi({ description: 'The job that it is busy with.' }),
  progress: ProgressSchema.optional(),
})

const WorkerSchema = z.object({
  worker: z.string(),
  slots: z.int(),
  ready: z.boolean(),
  trouble: z.string().nullable(),
  sandbox: z.enum(SANDBOXES).optional(),
  activity: z
    .object({ host: z.string(), startedAt: z.iso.datetime(), engines: z.array(EngineSchema) })
    .optional(),
})

const queue = createRoute({
  method: 'get',
  path: '/api/admin/queue',
  operationId: 'getQueue',
  tags: ['health'],
  summary: 'The queue and the workers, for the operator',
  security: [{ adminToken: [] }, { operatorToken: [] }],
  responses: {
    200: json(
      z.object({
        queued: z.int(),
        running: z.int(),
        dead: z.int(),
        exact: z
          .boolean()
          .openapi({ description: 'Where false, `queued` is an upper and `dead` a lower bound.' }),
        oldestQueuedAt: z.iso.datetime().nullable().openapi({
          description: 'When the job may start, or might have, that began to wait first.',
        }),
        pausedSince: z.iso.datetime().nullable().openapi({
          description: 'Since when the operator lets no job start; null where jobs start.',
        }),
        workers: z.array(WorkerSchema),
      }),
      'How the queue stands',
    ),
    401: problem('The token is missing or wrong'),
  },
})

export function mountHealth(api: Api, context: ApiContext): void {
  const { jobs } = context
  api.openapi(alive, c => c.json({ ok: true as const }, 200))

  api.openapi(ready, async c => {
    const stats = jobs.stats()
    const checks = await Promise.all([
      reasonsIn(async () => hindrances((await stats).workers)),
      reasonsIn(() => ensureFreeSpace(1, context).then(() => [])),
    ])
    const reasons = checks.flat().map(reason => reason.toOperatorError())
    const [first] = reasons
    if (first) {
      const headers = { ...PROBLEM_HEADERS, 'Retry-After': '5' }
      return c.json({ ...problemBody(first, 503), reasons }, 503, headers)
    }
    const { workers: reported, pausedSince } = await stats
    const workers = able(reported)
    const paused = pausedSince && { pausedSince: pausedSince.toISOString() }
    const sandboxes = sandboxesOf(workers)
    return c.json({ ok: true as const, workers: workers.length, ...paused, sandboxes }, 200)
  })

  api.openapi(queue, async c => {
    await ensureMayLook(context.operators, c.env.incoming.headers)
    const { workers, oldestQueuedAt, pausedSince, ...counts } = await jobs.stats()
    const isoOf = (time: Date | null) => time?.toISOString() ?? null
    const shown = { ...counts, oldestQueuedAt: isoOf(oldestQueuedAt), pausedSince: isoOf(pausedSince) }
    return c.json({ ...shown, workers: workers.map(withoutTotals) }, 200)
  })
}

/** Totals are for `/metrics`, and what a machine has is for the checks. */
function withoutTotals({ activity, ...status }: WorkerStatus) {
  if (!activity) return status
  const { totals: _, machine: __, ...shown } = activity
  return { ...status, activity: shown }
}

/** The problems that a check found, or its own error. */
async function reasonsIn(check: () => Promise<AppError[]>): Promise<AppError[]> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof AppError) return [error]
    throw error
  }
}

type Workers = QueueStats['workers']

const able = (workers: Workers) => workers.filter(worker => worker.ready)

/** The sandboxes that these workers report, each once. */
function sandboxesOf(workers: Workers) {
  const used = SANDBOXES.filter(one => workers.some(({ sandbox }) => sandbox === one))
  return used.map(sandbox => ({ sandbox, notCovered: [...NOT_COVERED[sandbox]] }))
}

/** Why no worker claims jobs, each reason once; empty where one does. */
function hindrances(workers: Workers): AppError[] {
  if (able(workers).length > 0) return []
  const status = new Set(workers.flatMap(({ trouble: reason }) => reason ?? []))
  if (status.size === 0)
    status.add(
      workers.length > 0
        ? 'A worker is starting; ask again in a moment.'
        : 'Start one with “nightshift worker”.',
    )
  return [...status].map(reason => new AppError('not_operational', { details: { trouble: reason } }))
}
