import { createRoute, z } from '@hono/zod-openapi'
import type { Job } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { type JobWebhook, WEBHOOK_EVENTS, WEBHOOK_FAILURES, WEBHOOK_STATES } from '#lib/vocabulary/webhook.ts'
import { changeableBatch } from '../batch-access.ts'
import { changeableJob } from '../job-access.ts'
import type { Api, ApiContext } from './context.ts'
import { IdParams, json, problem } from './schema.ts'

const count = z.int().min(0)
const time = z.iso.datetime()

const TrySchema = z
  .object({
    at: time,
    event: z.enum(WEBHOOK_EVENTS),
    webhookId: z.string().openapi({ description: 'As the header “webhook-id”: the same for all tries.' }),
    attempt: count.openapi({ description: 'From 1; a resend begins again.' }),
    status: count.nullable().openapi({ description: 'Of the answer; null where none came.' }),
    error: z.enum(WEBHOOK_FAILURES).nullable().openapi({ description: 'Why no answer came.' }),
    ms: count.openapi({ description: 'How long it took, in milliseconds.' }),
  })
  .openapi('WebhookTry')

const WebhookSchema = z
  .object({
    url: z.string(),
    state: z.enum(WEBHOOK_STATES).openapi({
      description: '`waiting` for the end; `pending` until a try succeeds; `failed` after the last one.',
    }),
    nextTryAt: time.nullable(),
    tries: z.array(TrySchema).openapi({ description: 'The latest, oldest first.' }),
  })
  .openapi('Webhook')

const OF = {
  job: { path: '/api/jobs/{id}/webhook', tags: ['jobs'], name: 'Job', what: 'a job' },
  batch: { path: '/api/batches/{id}/webhook', tags: ['batches'], name: 'Batch', what: 'a batch' },
} as const

const showRoute = ({ path, tags, name, what }: (typeof OF)[keyof typeof OF]) =>
  createRoute({
    method: 'get',
    path,
    operationId: `get${name}Webhook`,
    tags: [...tags],
    summary: `What became of telling the end of ${what} to its webhook`,
    request: { params: IdParams },
    responses: {
      200: json(WebhookSchema, 'As it is now'),
      403: problem('It is not yours'),
      404: problem(`There is none, or it has no webhook`),
    },
  })

const resendRoute = ({ path, tags, name, what }: (typeof OF)[keyof typeof OF]) =>
  createRoute({
    method: 'post',
    path,
    operationId: `resend${name}Webhook`,
    tags: [...tags],
    summary: `Tell the end of ${what} to its webhook again, with the same webhook-id`,
    request: { params: IdParams },
    responses: {
      202: json(WebhookSchema, 'It is told within seconds'),
      403: problem('It is not yours'),
      404: problem(`There is none, or it has no webhook`),
      409: problem('It has not ended yet'),
    },
  })

/** What webhooks were told, and telling them again. */
export function mountWebhooks(api: Api, context: ApiContext): void {
  const { jobs } = context

  api.openapi(showRoute(OF.job), async c => {
    const job = await changeableJob(context, c.req.valid('param'), c.env.incoming)
    return c.json(viewOf(webhookOf(job, 'job')), 200)
  })

  api.openapi(resendRoute(OF.job), async c => {
    const job = await changeableJob(context, c.req.valid('param'), c.env.incoming)
    webhookOf(job, 'job')
    return c.json(viewOf(webhookOf(await jobs.resendWebhook(job.id), 'job')), 202)
  })

  api.openapi(showRoute(OF.batch), async c => {
    const { id } = await changeableBatch(context, c.req.valid('param'), c.env.incoming)
    return c.json(viewOf(webhookOf(await jobs.batchTeller(id), 'batch')), 200)
  })

  api.openapi(resendRoute(OF.batch), async c => {
    const { id } = await changeableBatch(context, c.req.valid('param'), c.env.incoming)
    const teller = await jobs.batchTeller(id)
    if (!teller) throw new AppError('no_webhook')
    return c.json(viewOf(webhookOf(await jobs.resendWebhook(teller.id), 'batch')), 202)
  })
}

/** @throws AppError `no_webhook` */
function webhookOf(job: Job | undefined, of: JobWebhook['of']): JobWebhook {
  if (job?.webhook?.of !== of) throw new AppError('no_webhook')
  return job.webhook
}

function viewOf({ url, state, nextAt, log }: JobWebhook) {
  return {
    ...{ url, state },
    nextTryAt: state === 'pending' && nextAt !== undefined ? new Date(nextAt).toISOString() : null,
    tries: log.map(({ id, at, ...made }) => ({ ...made, webhookId: id, at: new Date(at).toISOString() })),
  }
}
