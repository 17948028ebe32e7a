import { z } from 'zod'
import { AppError } from '#lib/errors.ts'

/** What a sender wants of a file, however the file came: as fields of a form or of a JSON object. */
export const FieldsSchema = z.object({
  target: z.string().default('pdf'),
  options: z
    .preprocess(fromForm, z.record(z.string(), z.unknown(), 'a JSON object such as {"pages":"1-3"}'))
    .openapi({ type: 'object', description: 'By the names that /api/formats lists; in a form as JSON.' }),
  batchId: z.uuid().optional().openapi({ description: 'Without one the job is a batch of its own.' }),
  fileName: z.string().max(10_000).optional().openapi({ description: 'A form’s file brings its own.' }),
})
export type Fields = z.infer<typeof FieldsSchema>

/** A form knows texts only, and what is left out has no options. */
function fromForm(value: unknown): unknown {
  if (value === undefined) return {}
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** @throws AppError `invalid_request` naming the field at fault */
export function readFields<T extends z.ZodType>(fields: unknown, schema: T): z.infer<T> {
  const parsed = schema.safeParse(fields)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('invalid_request', {
    details: { reason: `the field “${issue?.path.join('.')}” is wrong (${issue?.message})` },
  })
}
