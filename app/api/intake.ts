import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Config } from '#lib/config.ts'
import { AppError } from '#lib/errors.ts'
import { cleanFileName } from '#lib/file-name.ts'
import { TARGETS, targetsOf } from '#lib/formats.ts'
import { type Job, type Jobs, jobPrefix, sourceKey } from '#lib/jobs.ts'
import { scan, sourceOf } from '#lib/scan.ts'
import type { Storage, StoredFile } from '#lib/storage.ts'
import { readForm } from './multipart.ts'

export interface IntakeOptions {
  jobs: Jobs
  storage: Storage
  config: Pick<Config, 'maxUploadBytes' | 'maxAttempts' | 'retentionMs'>
}

interface Sender {
  owner: string
  idempotencyKey: string | undefined
}

const Fields = z.object({ target: z.string().default('pdf'), batchId: z.uuid().default(() => randomUUID()) })

/**
 * Takes a form at the counter: bytes to storage as they come, a look at what they are, then the job. Whatever is
 * refused leaves nothing behind.
 * @throws AppError with what is wrong with the form, the file or the wish
 */
export async function takeIn(
  incoming: IncomingMessage,
  sender: Sender,
  { jobs, storage, config }: IntakeOptions,
): Promise<Job> {
  const id = randomUUID()
  try {
    const form = await readForm(incoming, (bytes, signal) =>
      storage.write(sourceKey(id), bytes, { maxBytes: config.maxUploadBytes, signal }),
    )
    if (!form.file) throw new AppError('no_file')
    const { target, batchId } = readFields(form.fields)
    const fileName = cleanFileName(form.file.fileName)
    const format = await identify({ storage, id, file: form.file.saved, fileName, target })
    const source = { format, ...form.file.saved }
    const expiresAt = new Date(Date.now() + config.retentionMs)
    const { job, created } = await jobs.create({
      id,
      batchId,
      fileName,
      source,
      target,
      options: {},
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

async function identify({
  storage,
  id,
  file,
  fileName,
  target,
}: {
  storage: Storage
  id: string
  file: StoredFile
  fileName: string
  target: string
}): Promise<string> {
  const { format } = await scan(sourceOf(storage, sourceKey(id), file.bytes), fileName)
  const targets = targetsOf(format)
  if (!TARGETS.has(target) || !targets.includes(target)) {
    throw new AppError('unsupported_target', { details: { format, target, targets: targets.join(', ') } })
  }
  return format
}

function readFields(fields: Record<string, string>): z.infer<typeof Fields> {
  const parsed = Fields.safeParse(fields)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('invalid_request', {
    details: { reason: `the field “${issue?.path.join('.')}” is wrong (${issue?.message})` },
  })
}
