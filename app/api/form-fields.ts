import { z } from '@hono/zod-openapi'
import { AppError } from '#lib/vocabulary/errors.ts'
import { OPTIONS, TARGETS } from '#lib/vocabulary/formats.ts'
import { suggest } from '#lib/vocabulary/nearest.ts'
import { invalidRequest } from './invalid-request.ts'
import { parseJson } from './json-body.ts'

/** Whoever waits for a result must have the time to fetch it. */
const LEAST_KEPT_HOURS = 0.1

/** The settings that come with a file, as fields of a form or of a JSON object. */
export const FieldsSchema = z.strictObject({
  target: z
    .string()
    .default('pdf')
    .openapi({ enum: [...TARGETS.keys()] }),
  options: z
    .preprocess(fromForm, z.record(z.string(), z.unknown(), 'a JSON object such as {"pages":"1-3"}'))
    .openapi({ type: 'object', description: 'By the names that /api/formats lists; in a form as JSON.' }),
  batchId: z.uuid().optional().openapi({ description: 'Without one the job is a batch of its own.' }),
  fileName: z
    .string()
    .max(10_000)
    .optional()
    .openapi({ description: 'A form’s file brings its own, and so does the metadata of an upload.' }),
  path: z.string().max(10_000).optional().openapi({
    description:
      'Where the file lies in the folder that was chosen, as “Talks/2026/deck.pptx”; an archive of the batch keeps the folders.',
  }),
  keepFor: z.coerce.number('a number of hours').min(LEAST_KEPT_HOURS).optional().openapi({
    type: 'number',
    description:
      'Hours after which source and result are deleted; unset: as long as the server keeps files, which is also the most.',
  }),
  keepSource: z.preprocess(booleanFromForm, z.boolean()).default(true).openapi({
    type: 'boolean',
    description: 'Where false, the source is deleted when the job is completed.',
  }),
  reuse: z.preprocess(booleanFromForm, z.boolean()).optional().openapi({
    type: 'boolean',
    description:
      'Where true, and you have a kept result of the same bytes, target and options, no job is created: the answer is the earlier one.',
  }),
  webhookUrl: z.string().optional().openapi({
    format: 'uri',
    description:
      'An http or https address that is told the end, signed by Standard Webhooks: `type`, `timestamp`, and as `data` what the status says then. `webhookSecret` of the answer verifies it.',
  }),
})
export type Fields = z.infer<typeof FieldsSchema>

function booleanFromForm(value: unknown): unknown {
  return value === 'true' ? true : value === 'false' ? false : value
}

/** A form only has strings, and a missing field means no options. */
function fromForm(value: unknown): unknown {
  if (value === undefined) return {}
  if (typeof value !== 'string') return value
  return parseJson(value, 'the field “options”')
}

/** @throws AppError `unknown_field`, or `invalid_request` naming the field at fault */
export function readFields<T extends z.ZodObject>(fields: unknown, schema: T): z.infer<T> {
  const parsed = schema.safeParse(fields)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues)
    if (issue.code === 'unrecognized_keys') throw unknownField(issue.keys[0] ?? '', Object.keys(schema.shape))
  const [issue] = parsed.error.issues
  const place = issue?.path.length ? `the field “${issue.path.join('.')}”` : 'the body'
  throw invalidRequest(`${place} is wrong (${issue?.message})`)
}

function unknownField(name: string, known: readonly string[]): AppError {
  const isOption = OPTIONS.some(option => option.name === name)
  const hint = isOption
    ? `It is an option: send it in “options”, as in options={"${name}": …}.`
    : suggest(name, known)
  return new AppError('unknown_field', { details: { name, hint } })
}
