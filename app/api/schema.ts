import { z } from '@hono/zod-openapi'
import { BUNDLE_TYPE, TARGETS } from '#lib/vocabulary/formats.ts'
import { DELETERS, JOB_STATES, NEEDS, PHASES, WORKERS_STATES } from '#lib/vocabulary/job.ts'
import { NOTE_CODES, SEVERITIES } from '#lib/vocabulary/notes.ts'
import type { FullSnapshot } from '#lib/vocabulary/snapshot.ts'

const time = z.iso.datetime()
const count = z.int().min(0)
/** `nullable` on a named schema becomes an `allOf` that null can never satisfy. */
const orNull = <T extends z.ZodType>(schema: T) => z.union([schema, z.null()])

const traceId = z
  .string()
  .regex(/^[\da-f]{32}$/)
  .optional()
  .openapi({ description: 'The OpenTelemetry trace that it belongs to; absent where traces are off.' })

export const JobErrorSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    nextStep: z.string(),
    retryable: z.boolean(),
    details: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .optional()
      .openapi({
        description: 'What the sentences were filled with, for whoever words them in another language.',
      }),
  })
  .openapi('JobError')

export const ProgressSchema = z
  .object({
    phase: z.enum(PHASES),
    current: count.nullable(),
    total: count.nullable(),
    unit: z.enum(['slide', 'page', 'sheet']).nullable(),
    percent: z.number().min(0).max(100).nullable(),
    eta: z
      .object({ low: z.number(), high: z.number() })
      .optional()
      .openapi({ description: 'Seconds left, where history makes an honest guess.' }),
    indeterminate: z
      .boolean()
      .openapi({ description: 'True while the engine says nothing that can be measured.' }),
  })
  .openapi('Progress')

const ResultSchema = z
  .object({
    fileName: z.string(),
    bytes: count,
    pages: count.nullable(),
    sha256: z.string(),
    lost: z
      .literal(true)
      .optional()
      .openapi({ description: 'The storage lacked its file when it was last looked for.' }),
    locked: z.literal(true).optional().openapi({ description: 'It opens only with a password.' }),
  })
  .openapi('Result')

const DeletedFileSchema = z.object({ bytes: count, sha256: z.string() }).openapi('DeletedFile')

const ReceiptSchema = z
  .object({
    by: z
      .enum(DELETERS)
      .openapi({ description: '`expiry`: their time was over; `owner`: somebody deleted them.' }),
    deletedAt: time
      .nullable()
      .openapi({ description: 'Null while the files are being deleted; nobody gets them any more.' }),
    source: DeletedFileSchema,
    result: orNull(DeletedFileSchema),
  })
  .openapi('DeletionReceipt')

const NoteSchema = z
  .object({
    code: z.enum(NOTE_CODES).openapi({ description: 'For programs; later versions add codes.' }),
    count: z.int().min(1).openapi({ description: 'How often it happened.' }),
    details: z
      .record(z.string(), z.union([z.string(), z.number(), z.array(z.string()).readonly()]))
      .openapi({ description: 'What the sentences name, such as fonts.' }),
    severity: z.enum(SEVERITIES).openapi({
      description:
        '`loss`: the result lacks something that the source shows. `changed`: it may look different. `info`: good to know.',
    }),
    message: z.string().openapi({ description: 'A sentence for a person.' }),
    nextStep: z.string().nullable().openapi({ description: 'What that person can do about it.' }),
  })
  .openapi('Note')

const ReportSchema = z
  .object({
    engine: z.string(),
    seconds: z
      .object({ loading: z.number().nullable(), exporting: z.number().nullable(), total: z.number() })
      .openapi({ description: 'Null where the engine does not tell when a phase ends.' }),
    notes: z.array(NoteSchema).openapi({ description: 'Worst first.' }),
  })
  .openapi('Report')

export const OptionsSchema = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .openapi({ description: 'By the names that /api/formats lists.' })

export const PresetSchema = z
  .object({ name: z.string(), target: z.string(), options: OptionsSchema })
  .openapi('Preset')

/** The header that the region of a client is read from. */
export const acceptLanguage = z.string().optional().openapi({
  description:
    'Chooses the options “paper” and “language” where they are not sent and the file does not tell.',
})

/** The header by which a job belongs to the trace of its sender. */
export const traceparentHeader = z.string().optional().openapi({
  description: 'W3C Trace Context, where traces are recorded: the job belongs to this trace.',
})

export const SnapshotSchema = z
  .object({
    id: z.uuid(),
    batchId: z.uuid(),
    fileName: z.string(),
    folder: z
      .string()
      .openapi({ description: 'Where it lay in what was sent, as “Talks/2026”; empty at the top.' }),
    source: z.object({ format: z.string(), bytes: count, sha256: z.string() }),
    sources: z
      .array(z.object({ fileName: z.string(), format: z.string(), bytes: count, sha256: z.string() }))
      .nullable()
      .openapi({ description: 'The files that are merged, in this order; null for a single source.' }),
    target: z.string(),
    options: OptionsSchema.openapi({
      description: 'As sent, without passwords, and with those that Accept-Language chose.',
    }),
    state: z.enum(JOB_STATES),
    needs: z.enum(NEEDS).nullable().openapi({
      description: 'What a queued job needs of you before it can start: POST it to /api/jobs/{id}/password.',
    }),
    version: count.openapi({
      description: 'Grows with every change; drop what is older than what you know.',
    }),
    attempt: count.openapi({ description: 'Without those that a stopping worker handed back.' }),
    maxAttempts: count,
    queue: z
      .object({
        position: count.nullable().openapi({ description: 'From 1; null where the queue keeps no order.' }),
        ahead: count
          .nullable()
          .openapi({ description: 'How many jobs start before it; null like `position`.' }),
        startsInS: count.nullable().openapi({
          description:
            'When it is likely to start, in seconds, by the latest jobs; null where that is unknown.',
        }),
        workers: z.enum(WORKERS_STATES).openapi({
          description:
            '`ready`: some worker takes jobs; `starting`: one starts its engine; `none` takes any; `paused`: the operator lets none take any.',
        }),
      })
      .nullable()
      .openapi({ description: 'Null unless the job waits and may start now.' }),
    progress: orNull(ProgressSchema),
    result: orNull(ResultSchema),
    report: orNull(ReportSchema),
    error: orNull(JobErrorSchema),
    createdAt: time,
    runAt: time.nullable(),
    startedAt: time.nullable(),
    finishedAt: time.nullable(),
    expiresAt: time,
    receipt: orNull(ReceiptSchema),
    statusUrl: z.string(),
    resultUrl: z.string(),
    thumbnailUrl: z.string().nullable(),
    traceId,
  })
  .openapi('Job')

const OWNER_TOKEN =
  'Sent once, to whoever created a job without cookie or token. As “X-Owner-Token” it lets change the job, and makes later jobs its own.'

const EarlierSchema = z
  .object({ id: z.uuid(), resultUrl: z.string(), finishedAt: time })
  .openapi('EarlierResult', {
    description:
      'A kept result that you have of the same bytes, target and options; null where there is none, or nothing tells who you are.',
  })

/** Of a webhook, for whoever gave it. */
export const webhookSecretField = z.string().optional().openapi({
  description:
    'Sent once, where a webhookUrl came: by it every library of Standard Webhooks verifies what is sent there.',
})

export const CreatedJobSchema = SnapshotSchema.extend({
  ownerToken: z.string().optional().openapi({ description: OWNER_TOKEN }),
  webhookSecret: webhookSecretField,
  earlier: orNull(EarlierSchema),
}).openapi('CreatedJob')

/** The same as a header, where the body is a file. */
export const ownerTokenHeader = z.string().optional().openapi({ description: OWNER_TOKEN })

const TimelineEntrySchema = z
  .object({
    attempt: count,
    worker: z.string(),
    startedAt: time,
    endedAt: time.nullable(),
    outcome: z.string().nullable(),
    errorCode: z.string().nullable(),
  })
  .openapi('Attempt')

export const FullSnapshotSchema: z.ZodType<FullSnapshot> = SnapshotSchema.extend({
  timeline: z.array(TimelineEntrySchema),
}).openapi('JobWithTimeline')

export const ProblemSchema = JobErrorSchema.extend({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  traceId,
}).openapi('Problem')

export const NotReadySchema = ProblemSchema.extend({
  reasons: z
    .array(JobErrorSchema)
    .openapi({ description: 'All that stands in the way now; the problem itself tells the first.' }),
}).openapi('NotReady')

export const IdParams = z.object({ id: z.uuid().openapi({ param: { name: 'id', in: 'path' } }) })

export const CacheHeaders = z.object({
  'if-none-match': z.string().optional().openapi({ description: 'The ETag of what you have.' }),
})

/** The bytes of a result, in any type that a target has. */
export const RESULT_CONTENT = Object.fromEntries(
  [...new Set([...TARGETS.values()].map(({ mediaType }) => mediaType).concat(BUNDLE_TYPE))].map(type => [
    type,
    { schema: z.string().openapi({ format: 'binary' }) },
  ]),
)

/** A problem response, for a route's table of responses. */
export const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ProblemSchema } },
})
export const json = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})
