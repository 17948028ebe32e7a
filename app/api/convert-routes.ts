import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { createRoute, z } from '@hono/zod-openapi'
import type { Job } from '#lib/jobs.ts'
import { AppError, jobErrorOf, statusOf } from '#lib/vocabulary/errors.ts'
import { untilEnded } from '../event-hub.ts'
import { tokenForCreator } from '../job-access.ts'
import { OWNER_TOKEN_HEADER } from '../owners.ts'
import { traceIdOfRequest } from '../request-trace.ts'
import { secretForCreator } from './asked-webhook.ts'
import type { Api } from './context.ts'
import { FieldsSchema } from './form-fields.ts'
import { createJobFromForm, type IntakeContext } from './intake.ts'
import { problemOf, problemResponse } from './problem.ts'
import { readRequester } from './requester.ts'
import { sendResult } from './result-routes.ts'
import {
  acceptLanguage,
  ownerTokenHeader,
  problem,
  RESULT_CONTENT,
  traceparentHeader,
  webhookSecretField,
} from './schema.ts'

const convert = createRoute({
  method: 'post',
  path: '/api/convert',
  operationId: 'convert',
  tags: ['jobs'],
  summary: 'Send a file and wait for the result in one call',
  description:
    'Hanging up cancels the job, unless detach=1 or an Idempotency-Key says that you will ask for it again.',
  request: {
    headers: z.object({
      'idempotency-key': z.string().min(1).max(200).optional(),
      'accept-language': acceptLanguage,
      traceparent: traceparentHeader,
    }),
    query: z.object({
      detach: z
        .literal('1')
        .optional()
        .openapi({ description: 'The job goes on when you hang up; its address is in Location.' }),
    }),
    body: {
      content: {
        'multipart/form-data': {
          schema: FieldsSchema.extend({ file: z.string().openapi({ format: 'binary' }) }),
        },
      },
    },
  },
  responses: {
    200: {
      description: 'The result; Location names its job',
      headers: z.object({
        location: z.string(),
        'x-owner-token': ownerTokenHeader,
        'x-webhook-secret': webhookSecretField,
      }),
      content: RESULT_CONTENT,
    },
    400: problem('The form is wrong'),
    409: problem('The job was cancelled'),
    413: problem('The file is too large'),
    422: problem('The file cannot be converted'),
    429: problem('You have too many uploads open or jobs waiting'),
    500: problem('The conversion failed'),
    503: problem('Too many jobs wait, or the server is being restarted while your job goes on'),
    507: problem('It would not fit on the disk'),
  },
})

export function mountConvert(api: Api, context: IntakeContext): void {
  const { jobs, events, storage, config, log, stopping } = context

  // Not `openapi`: its validation would read the whole form into memory.
  api.openAPIRegistry.registerPath(convert)
  api.post('/api/convert', async c => {
    const { incoming, outgoing } = c.env
    const requester = readRequester(c, context, true)
    const stays = c.req.query('detach') === '1' || requester.idempotencyKey !== undefined
    const intake = await createJobFromForm(incoming, requester, context)
    const { id } = intake.job
    const token = tokenForCreator(context, intake, requester)
    const webhookSecret = secretForCreator(context, intake, requester)
    const headers = {
      location: `${config.basePath}/api/jobs/${id}`,
      ...(token !== undefined && { [OWNER_TOKEN_HEADER]: token }),
      ...(webhookSecret !== undefined && { 'X-Webhook-Secret': webhookSecret }),
    }
    const traceId = traceIdOfRequest(incoming, context.tracing)
    const gone = new AbortController()
    outgoing.once('close', () => gone.abort())
    if (outgoing.destroyed) gone.abort()
    try {
      const signal = AbortSignal.any([gone.signal, stopping])
      return await answerWith(await untilEnded(intake.job, { jobs, events, signal }))
    } catch (error) {
      if (stopping.aborted) return withHeaders(problemResponse(new AppError('restarting'), traceId), headers)
      if (!gone.signal.aborted) throw error
      await cancelUnlessItStays()
      return RESPONSE_ALREADY_SENT
    }

    /** The job may have ended this moment. */
    async function cancelUnlessItStays(): Promise<void> {
      if (!stays) await jobs.cancel(id).catch(cause => log.debug({ err: cause, jobId: id }, 'not cancelled'))
    }

    /** The password that is missing or wrong. Who waited will not enter another one, unless it keeps the job. */
    async function refusedLock({ error }: Job): Promise<AppError> {
      await cancelUnlessItStays()
      return new AppError(error?.code === 'password_asked_again' ? 'wrong_password' : 'password_required')
    }

    async function answerWith(job: Job | undefined): Promise<Response> {
      if (!job) throw new AppError('job_not_found')
      if (job.needs) return withHeaders(problemResponse(await refusedLock(job), traceId), headers)
      if (job.error)
        return withHeaders(problemOf(jobErrorOf(job.error), statusOf(job.error.code), traceId), headers)
      if (!job.result) return withHeaders(problemResponse(new AppError('no_result'), traceId), headers)
      return sendResult(c.env, job, { storage, log, headers })
    }
  })
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}
