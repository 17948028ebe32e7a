import { randomUUID } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { cleanFileName } from '#lib/file-name.ts'
import { type Job, sourceKey } from '#lib/jobs.ts'
import { unlessMissing } from '#lib/storage/unless-missing.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'
import { jobFor } from '../job-access.ts'
import { refuseUnlessKept } from '../kept-files.ts'
import { FieldsSchema } from './form-fields.ts'
import { createJobOf, type Intake, type IntakeContext, keepingOnlyCreated } from './intake.ts'
import type { Requester } from './requester.ts'

export const AgainFieldsSchema = FieldsSchema.extend({
  retryOf: z.uuid().openapi({ description: 'A job whose source is still kept: it is converted again.' }),
})

/**
 * Creates a job of the kept source of an earlier one, with other settings perhaps. It gets a copy, so that either may be
 * deleted without the other.
 * @throws AppError `job_not_found`, `deleted`, `expired`, `source_not_kept`, `source_changed`; as `createJobFromForm`
 */
export async function convertAgain(
  { settings, requester }: { settings: z.infer<typeof AgainFieldsSchema>; requester: Requester },
  context: IntakeContext,
): Promise<Intake> {
  const { uploads, storage } = context
  const earlier = await jobFor(context, { id: settings.retryOf })
  if (isTerminal(earlier.state)) refuseUnlessKept(earlier)
  await uploads.admit(requester.owner, earlier.source.bytes)
  const id = randomUUID()
  const fileName = settings.fileName === undefined ? earlier.fileName : cleanFileName(settings.fileName)
  return uploads.open.during(requester.owner, () =>
    keepingOnlyCreated(id, storage, async () => {
      const received = { id, fileName, file: await copySource(earlier, id, context) }
      return createJobOf(received, { settings, requester, retryOf: earlier.id }, context)
    }),
  )
}

async function copySource({ id, source, sources }: Job, to: string, { storage }: IntakeContext) {
  const bytes = sources ? undefined : await storage.read(sourceKey(id)).catch(unlessMissing)
  if (!bytes) throw new AppError('source_not_kept')
  const copy = await storage.write(sourceKey(to), bytes)
  if (copy.sha256 !== source.sha256) throw new AppError('source_changed')
  return copy
}
