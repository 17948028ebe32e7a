import type { Config } from '#lib/config.ts'
import type { Batch, Job, Jobs } from '#lib/jobs.ts'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { type JobWebhook, newWebhook } from '#lib/vocabulary/webhook.ts'
import { webhookSecretOf } from '#lib/webhooks/webhook-secret.ts'
import { readWebhookUrl } from '#lib/webhooks/webhook-url.ts'
import type { ApiContext } from './context.ts'
import type { Requester } from './requester.ts'

interface Asked {
  webhookUrl?: string | undefined
}

/** The webhook of one job; null where none is wanted. @throws AppError `webhook_url_invalid`, `webhook_url_private` */
export function askedWebhook({ webhookUrl }: Asked, { webhookAllowPrivate }: Config): JobWebhook | null {
  if (webhookUrl === undefined) return null
  return newWebhook({ url: readWebhookUrl(webhookUrl, { allowPrivate: webhookAllowPrivate }), of: 'job' })
}

/**
 * The webhook of a batch while one call creates its jobs. The first one stays open until the call is over, so that the
 * batch has not ended before all of its jobs are there.
 */
export class BatchWebhook {
  readonly #jobs: Pick<Jobs, 'closeBatch'>
  readonly #webhook: JobWebhook | null
  #open: string | undefined

  /** @throws AppError as `askedWebhook` */
  constructor(asked: Asked, { jobs, config }: Pick<ApiContext, 'jobs' | 'config'>) {
    const webhook = askedWebhook(asked, config)
    this.#webhook = webhook && newWebhook({ url: webhook.url, of: 'batch' })
    this.#jobs = jobs
  }

  /** For the next job; null where none is wanted. */
  next(): JobWebhook | null {
    return this.#webhook && { ...this.#webhook, ...(this.#open === undefined && { open: true }) }
  }

  /** What became of the job. */
  created(outcome: Job | AppError): void {
    if ('webhook' in outcome && outcome.webhook?.open) this.#open ??= outcome.id
  }

  /** No more jobs follow. */
  async close(): Promise<void> {
    if (this.#open !== undefined) await this.#jobs.closeBatch(this.#open)
  }
}

/**
 * The secret of a job's webhook, for whoever created it, or repeats the request and proves to be its owner; undefined for
 * others, and without a webhook of its own.
 */
export function secretForCreator(
  { secret }: Pick<ApiContext, 'secret'>,
  { job, created }: { job: Job; created: boolean },
  { owner, identified }: Requester,
): string | undefined {
  const mayHave = created || (identified && job.owner === owner)
  return mayHave && job.webhook?.of === 'job' ? webhookSecretOf(job.id, secret) : undefined
}

/** As `secretForCreator`, for a batch some of whose jobs may have been there before. */
export function secretForBatch(
  { secret }: Pick<ApiContext, 'secret'>,
  { id, total, owner }: Batch,
  { outcomes, created, by }: { outcomes: readonly (Job | AppError)[]; created: number; by: Requester },
): string | undefined {
  const mayHave = created === total || (by.identified && [owner, id].includes(by.owner))
  const isAsked = outcomes.some(outcome => 'webhook' in outcome && outcome.webhook?.of === 'batch')
  return mayHave && isAsked ? webhookSecretOf(id, secret) : undefined
}
