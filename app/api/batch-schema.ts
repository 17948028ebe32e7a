import { z } from '@hono/zod-openapi'
import { JOB_STATES } from '#lib/vocabulary/job.ts'
import { ownerTokenHeader, ProblemSchema, SnapshotSchema, webhookSecretField } from './schema.ts'

const count = z.int().min(0)

export const BatchSchema = z
  .object({
    id: z.uuid(),
    version: count.openapi({
      description: 'Grows with every change of a job; falls only where one was deleted for good.',
    }),
    total: count,
    counts: z.record(z.enum(JOB_STATES), count),
    percent: z
      .number()
      .min(0)
      .max(100)
      .openapi({ description: 'Of all together; what has ended counts 100.' }),
    secondsLeft: z
      .number()
      .nullable()
      .openapi({ description: 'By the latest jobs; 0 when all have ended, null where unknown.' }),
    createdAt: z.iso.datetime(),
    statusUrl: z.string(),
    zipUrl: z.string(),
  })
  .openapi('Batch')

export const BatchWithJobsSchema = BatchSchema.extend({
  jobs: z.array(SnapshotSchema).openapi({ description: 'A page of its jobs, newest first.' }),
  next: z.uuid().nullable().openapi({ description: 'Send it as `after` for the next page.' }),
}).openapi('BatchWithJobs')

const ItemSchema = z
  .object({
    fileName: z.string().nullable(),
    job: z.union([SnapshotSchema, z.null()]),
    problem: z.union([ProblemSchema, z.null()]).openapi({ description: 'Why there is no job.' }),
    retryAfterS: count.nullable().openapi({ description: 'When to send it again, where that may help.' }),
  })
  .openapi('BatchItem')

const items = z
  .array(ItemSchema)
  .openapi({ description: 'For each file, in the order in which they were sent.' })

export const CreatedBatchSchema = z
  .object({ batch: BatchSchema, items, ownerToken: ownerTokenHeader, webhookSecret: webhookSecretField })
  .openapi('CreatedBatch')
export const RefusedBatchSchema = ProblemSchema.extend({ items }).openapi('RefusedBatch')

export const BatchChangesSchema = z
  .object({
    batch: z.union([BatchSchema, z.null()]).openapi({ description: 'Null when no job is left.' }),
    changed: count,
    more: z.boolean().openapi({ description: 'Whether the same call would change more: send it again.' }),
  })
  .openapi('BatchChanges')
