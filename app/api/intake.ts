import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Config } from '#lib/config.ts'
import { AppError } from '#lib/errors.ts'
import { cleanFileName } from '#lib/file-name.ts'
import { type Job, type Jobs, jobPrefix, sourceKey } from '#lib/jobs.ts'
import { scan, sourceOf } from '#lib/scan.ts'
import { seal } from '#lib/seal.ts'
import type { Storage } from '#lib/storage.ts'
import { readWish } from '#lib/wish.ts'
import { readForm } from './multipart.ts'

export interface IntakeOptions {
  jobs: Jobs
  storage: Storage
  /** Seals passwords. */
  secret: string
  config: Pick<Config, 'maxUploadBytes' | 'maxAttempts' | 'retentionMs'>
}

interface Sender {
  owner: string
  idempotencyKey: string | undefined
}

const Fields = z.object({
  target: z.string().default('pdf'),
  options: z.string().default('{}').transform(readJson).pipe(z.record(z.string(), z.unknown())),
  batchId: z.uuid().default(() => randomUUID()),
})

/**
 * Takes a form at the counter: bytes to storage as they come, a look at what they are, then the job. Whatever is
 * refused leaves nothing behind.
 * @throws AppError with what is wrong with the form, the file or the wish
 */
export async function takeIn(
  incoming: IncomingMessage,
  sender: Sender,
  { jobs, storage, config, secret }: IntakeOptions,
): Promise<Job> {
  const id = randomUUID()
  try {
    const form = await readForm(incoming, (bytes, signal) =>
      storage.write(sourceKey(id), bytes, { maxBytes: config.maxUploadBytes, signal }),
    )
    if (!form.file) throw new AppError('no_file')
    const { batchId, ...wished } = readFields(form.fields)
    const fileName = cleanFileName(form.file.fileName)
    const { format } = await scan(sourceOf(storage, sourceKey(id), form.file.saved.bytes), fileName)
    const { target, options, secrets } = readWish(wished, format)
    const source = { format, ...form.file.saved }
    const expiresAt = new Date(Date.now() + config.retentionMs)
    const { job, created } = await jobs.create({
      id,
      batchId,
      fileName,
      source,
      target,
      options,
      sealed: isEmpty(secrets) ? null : seal(JSON.stringify(secrets), secret),
      expiresAt,
      maxAttempts: config.maxAttempts,
      ...sender,
    })
    if (!created) await storage.delete(jobPrefix(id))
    return job
  } catch (error) {
    await storage.delete(jobPrefix(id))
    throw error
  }
}

function readJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue('a JSON object such as {"pages":"1-3"}')
    return z.NEVER
  }
}

const isEmpty = (object: object) => Object.keys(object).length === 0

function readFields(fields: Record<string, string>): z.infer<typeof Fields> {
  const parsed = Fields.safeParse(fields)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('invalid_request', {
    details: { reason: `the field “${issue?.path.join('.')}” is wrong (${issue?.message})` },
  })
}
