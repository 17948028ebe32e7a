import { createHmac, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { z } from '@hono/zod-openapi'
import { type Job, jobPrefix } from '#lib/jobs.ts'
import { type AppError, asAppError } from '#lib/vocabulary/errors.ts'
import { BatchWebhook } from './asked-webhook.ts'
import { MOST_FILES, readFilesOfForm } from './batch-form.ts'
import { FieldsSchema, readFields } from './form-fields.ts'
import {
  createJobFromUpload,
  createJobOf,
  type Intake,
  type IntakeContext,
  keepingOnlyCreated,
} from './intake.ts'
import { readJson } from './json-body.ts'
import type { Requester } from './requester.ts'

const { target, options, batchId, keepFor, keepSource, webhookUrl } = FieldsSchema.shape
const { fileName, path } = FieldsSchema.shape

/** What all files of a batch have in common. */
export const BatchFieldsSchema = z.strictObject({
  ...{ target, options, batchId, keepFor, keepSource },
  webhookUrl: webhookUrl.openapi({
    description: 'As with one job; it is told once when all have ended, and once more where they end anew.',
  }),
})

const UploadItemSchema = z.strictObject({
  uploadId: z.uuid().openapi({ description: 'A finished upload; its number becomes the job’s.' }),
  ...{ fileName, path },
  target: z.string().optional().openapi({ description: 'Instead of that of the batch.' }),
  options: z
    .record(z.string(), z.unknown())
    .optional()
    .openapi({ description: 'Instead of those of the batch.' }),
})

export const BatchUploadsSchema = BatchFieldsSchema.extend({
  uploads: z.array(UploadItemSchema).min(1).max(MOST_FILES),
})

const JSON_BYTES = 2_000_000

/** What became of one file: its job, or why there is none. */
export interface BatchItem {
  fileName: string | null
  outcome: Job | AppError
  /** Whether this call created the job; an earlier one may have. */
  created: boolean
}

type Reading = (
  incoming: IncomingMessage,
  requester: Requester,
  context: IntakeContext,
) => Promise<BatchItem[]>

/** Creates a job of each of these uploads; one that is refused stays until it expires, and does not stop the others. */
export const createBatchOfUploads: Reading = async (incoming, requester, context) => {
  const { uploads, webhookUrl, ...common } = readFields(
    await readJson(incoming, JSON_BYTES),
    BatchUploadsSchema,
  )
  const batch = common.batchId ?? newBatchId(requester, context)
  const webhook = new BatchWebhook({ webhookUrl }, context)
  const items: BatchItem[] = []
  // One after another, so that they wait in this order.
  for (const { target = common.target, options = common.options, ...upload } of uploads) {
    const settings = { ...common, ...upload, target, options, batchId: batch }
    const { uploadId, fileName } = upload
    const by = keyedBy(requester, uploadId)
    const { outcome, created } = await outcomeOf(
      createJobFromUpload(incoming, { settings, requester: by, webhook: webhook.next() }, context),
    )
    webhook.created(outcome)
    items.push({ fileName: 'fileName' in outcome ? outcome.fileName : (fileName ?? null), outcome, created })
  }
  await webhook.close()
  return items
}

/** Creates a job of each file of a form. A refused file is deleted, and does not stop the others. */
export const createBatchFromForm: Reading = async (incoming, requester, context) => {
  const { uploads, storage } = context
  await uploads.admit(requester.owner, Number(incoming.headers['content-length']) || 0)
  return uploads.open.during(requester.owner, async () => {
    const { fields, files } = await readFilesOfForm(incoming, context)
    const items: BatchItem[] = []
    try {
      const { webhookUrl, ...common } = readFields({ ...fields }, BatchFieldsSchema)
      const webhook = new BatchWebhook({ webhookUrl }, context)
      const batch = common.batchId ?? newBatchId(requester, context)
      for (const [nth, { id, fileName, path, stored, traceparent }] of files.entries()) {
        const settings = { ...common, batchId: batch, path }
        const made = keepingOnlyCreated(id, storage, async () => {
          if ('code' in stored) throw stored
          const by = { ...keyedBy(requester, String(nth)), traceparent }
          const asked = { settings, requester: by, webhook: webhook.next() }
          return createJobOf({ id, fileName, file: stored }, asked, context)
        })
        const item = { fileName, ...(await outcomeOf(made)) }
        webhook.created(item.outcome)
        items.push(item)
      }
      await webhook.close()
    } catch (error) {
      for (const { id } of files.slice(items.length)) await storage.delete(jobPrefix(id))
      throw error
    }
    return items
  })
}

async function outcomeOf(intake: Promise<Intake>): Promise<Omit<BatchItem, 'fileName'>> {
  try {
    const { job, created } = await intake
    return { outcome: job, created }
  } catch (error) {
    return { outcome: asAppError(error), created: false }
  }
}

/** The key of one file under that of the whole call. */
function keyedBy(requester: Requester, which: string): Requester {
  const { idempotencyKey: key } = requester
  return { ...requester, idempotencyKey: key === undefined ? undefined : `${key} ${which}` }
}

/** A call that is repeated under its key goes on with the same batch. */
function newBatchId({ owner, idempotencyKey }: Requester, { secret }: IntakeContext): string {
  if (idempotencyKey === undefined) return randomUUID()
  const name = JSON.stringify(['batch', owner, idempotencyKey])
  const hash = createHmac('sha256', secret).update(name).digest('hex')
  // The form of a random UUID, which this is to everybody else.
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5')
}
