import { createRoute, z } from '@hono/zod-openapi'
import { snapshotOf } from '#lib/job-snapshot.ts'
import type { Job } from '#lib/jobs.ts'
import { seal, unseal } from '#lib/seal.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { parseSettings } from '#lib/vocabulary/settings.ts'
import { changeableJob } from '../job-access.ts'
import type { Api, ApiContext } from './context.ts'
import { readFields } from './form-fields.ts'
import { readJson } from './json-body.ts'
import { IdParams, json, problem, SnapshotSchema } from './schema.ts'

const PasswordSchema = z.strictObject({
  password: z
    .string()
    .openapi({ description: 'Of the file; kept encrypted, and only while the job may need it.' }),
})

const enterPassword = createRoute({
  method: 'post',
  path: '/api/jobs/{id}/password',
  operationId: 'enterPassword',
  tags: ['jobs'],
  summary: 'Enter the password that a job needs',
  description: 'After a wrong one the job needs it again, up to five times, and says so in `error`.',
  request: {
    params: IdParams,
    body: { content: { 'application/json': { schema: PasswordSchema } } },
  },
  responses: {
    202: json(SnapshotSchema, 'It waits for its conversion'),
    400: problem('The body is wrong'),
    403: problem('It is not yours'),
    404: problem('No such job'),
    409: problem('It needs no password'),
    422: problem('No file can have this password'),
  },
})

/** The passwords of locked files that are here already. */
export function mountPassword(api: Api, context: ApiContext): void {
  const { jobs, secret, config } = context

  // Not `openapi`: its validation treats a body of another type as an empty one.
  api.openAPIRegistry.registerPath(enterPassword)
  api.post('/api/jobs/:id/password', async c => {
    const { incoming } = c.env
    const scope = IdParams.safeParse(c.req.param())
    if (!scope.success) throw new AppError('job_not_found')
    const job = await changeableJob(context, scope.data, incoming)
    const { password } = readFields(await readJson(incoming), PasswordSchema)
    if (job.state !== 'queued' || job.needs === null) throw new AppError('password_not_needed')
    const answered = await jobs.answer(job.id, sealedWith(password, job, secret))
    return c.json(snapshotOf(answered, config.basePath, await jobs.queuePosition(job.id)), 202)
  })
}

/** All secrets of the job with this password, encrypted. @throws AppError `invalid_option`, `secret_changed` */
function sealedWith(password: string, { source, target, sealed }: Job, secret: string): string {
  const { secrets } = parseSettings({ target, options: { password } }, source.format)
  const others = sealed ? JSON.parse(unseal(sealed, secret)) : {}
  return seal(JSON.stringify({ ...others, ...secrets }), secret)
}
