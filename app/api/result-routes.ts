import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { createRoute, z } from '@hono/zod-openapi'
import { create as contentDisposition } from 'content-disposition'
import type { Job, JobResult } from '#lib/jobs.ts'
import type { Logger } from '#lib/log.ts'
import type { ByteRange, ObjectStore } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { resultMediaType } from '#lib/vocabulary/formats.ts'
import { jobFor } from '../job-access.ts'
import { refuseUnlessKept } from '../kept-files.ts'
import { isNotModified, preconditionFails, rangeOf, type Validators } from './conditions.ts'
import type { Api, ApiContext } from './context.ts'
import { problemResponse } from './problem.ts'
import { IdParams, problem, RESULT_CONTENT } from './schema.ts'

const PDF_TYPE = 'application/pdf'

const RESULT_HEADERS = {
  'content-length': z.int(),
  'content-disposition': z.string(),
  'accept-ranges': z.literal('bytes'),
  etag: z.string(),
  'last-modified': z.string().optional(),
}

const getResult = (operationId: string, path: string) =>
  createRoute({
    method: 'get',
    path,
    operationId,
    tags: ['results'],
    summary: 'Download the result',
    request: {
      params: IdParams,
      headers: z.object({
        range: z.string().optional().openapi({ description: 'One range of bytes, as “bytes=0-499”.' }),
        'if-range': z.string().optional(),
        'if-match': z.string().optional(),
        'if-unmodified-since': z.string().optional(),
        'if-none-match': z.string().optional(),
        'if-modified-since': z.string().optional(),
      }),
      query: z.object({
        inline: z
          .literal('1')
          .optional()
          .openapi({ description: 'Show it in the browser instead of saving it.' }),
      }),
    },
    responses: {
      200: { description: 'The bytes', headers: z.object(RESULT_HEADERS), content: RESULT_CONTENT },
      307: {
        description: 'Where the setting DOWNLOADS is “storage”: the bytes are there, for five minutes',
        headers: z.object({ location: z.url() }),
      },
      206: {
        description: 'The range that was asked for; several at once are answered whole',
        headers: z.object({ ...RESULT_HEADERS, 'content-range': z.string() }),
        content: RESULT_CONTENT,
      },
      304: { description: 'You have it already' },
      404: problem('No such job'),
      409: problem('Not ready yet, or ended without a result'),
      410: problem('Deleted, because its time was over or on request, or lost'),
      412: problem('It is another file than If-Match or If-Unmodified-Since asks for'),
      416: problem('The range lies outside the file; Content-Range tells how long it is'),
    },
  })

export function mountResult(api: Api, { jobs, storage, config, log }: ApiContext): void {
  const routes = [
    getResult('getJobResult', '/api/jobs/{id}/result'),
    getResult('getResult', '/api/result/{id}'),
  ]
  for (const route of routes) {
    api.openapi(route, async c => {
      const job = await jobFor({ jobs }, c.req.valid('param'))
      const inline = c.req.valid('query').inline === '1'
      const elsewhere = config.downloads === 'storage' && !inline && isPlainGet(c.env.incoming)
      if (elsewhere) return redirectToStorage(job, storage)
      return sendResult(c.env, job, { storage, log, inline })
    })
  }
}

/** Whether no condition is set: a condition names a version of ours, of which the storage knows nothing. */
function isPlainGet({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && !Object.keys(headers).some(name => name.startsWith('if-'))
}

async function redirectToStorage(job: Job, storage: ObjectStore): Promise<Response> {
  const result = await storedResult(job, storage)
  const location = await storage.downloadUrl?.(result.key, {
    contentType: resultMediaType(job.target, job.options),
    contentDisposition: contentDisposition(result.fileName),
  })
  if (!location) throw new Error('DOWNLOADS=storage, but the storage makes no links')
  return new Response(null, { status: 307, headers: { location, 'cache-control': 'no-store' } })
}

export interface SendResultOptions {
  storage: ObjectStore
  log: Logger
  inline?: boolean
  headers?: Record<string, string>
}

/**
 * Answers with a job's result, or with the range of it that the request asks for.
 * @throws AppError `not_ready`, `no_result`, `expired`, `deleted`, `result_lost`, `precondition_failed`
 */
export async function sendResult(
  { incoming, outgoing }: HttpBindings,
  job: Job,
  { storage, log, inline = false, headers = {} }: SendResultOptions,
): Promise<Response> {
  const result = await storedResult(job, storage)
  const answer = chooseAnswer(incoming, result, { etag: tagOf(result), lastModified: job.finishedAt })
  if (answer.status === 416)
    return withHeaders(problemResponse(new AppError('range_not_satisfiable')), answer)
  const all = { ...headersOf(job, result, inline), ...headers, ...answer.headers }
  if (incoming.method === 'HEAD' || !answer.range)
    return new Response(null, { status: answer.status, headers: all })
  const bytes = await storage.read(result.key, answer.range)
  outgoing.writeHead(answer.status, all)
  await pipeline(bytes, outgoing).catch(error =>
    log.debug({ err: error, jobId: job.id }, 'a download was broken off'),
  )
  return RESPONSE_ALREADY_SENT
}

/**
 * Asks for the file even where no bytes are sent, because a deleted one is neither unmodified nor of that length.
 * @throws AppError as `publishedResult`, `result_lost`
 */
async function storedResult(job: Job, storage: ObjectStore): Promise<JobResult> {
  const result = publishedResult(job)
  if ((await storage.size(result.key)) === undefined) throw new AppError('result_lost')
  return result
}

/** @throws AppError `not_ready`, `no_result`, `expired`, `deleted` */
export function publishedResult(job: Job): JobResult {
  if (job.state === 'completed') refuseUnlessKept(job)
  if (job.result) return job.result
  if (job.state === 'failed' || job.state === 'cancelled') throw new AppError('no_result')
  throw new AppError('not_ready', { retryAfter: 2 })
}

function withHeaders(response: Response, { headers }: Answer): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

const tagOf = ({ sha256 }: JobResult) => `"${sha256}"`

function headersOf(job: Job, result: JobResult, inline: boolean): Record<string, string> {
  return {
    'content-type': resultMediaType(job.target, job.options),
    'content-disposition': contentDisposition(result.fileName, { type: inline ? 'inline' : 'attachment' }),
    'accept-ranges': 'bytes',
    etag: tagOf(result),
    ...(job.finishedAt && { 'last-modified': job.finishedAt.toUTCString() }),
    'cache-control': 'private, no-cache',
    // A result is untrusted content: it must not run in our origin nor be interpreted as another type.
    'x-content-type-options': 'nosniff',
    'content-security-policy': policyFor(resultMediaType(job.target, job.options)),
  }
}

/** What a browser may do with a result of this type; only our own pages may show it in a frame. */
function policyFor(mediaType: string): string {
  const least = "default-src 'none'; frame-ancestors 'self'"
  // Chromium shows no PDF under “sandbox”. Its scripts run in the viewer’s origin, never in ours.
  if (mediaType === PDF_TYPE) return least
  return `sandbox; ${least}; style-src 'unsafe-inline'; img-src data:`
}

interface Answer {
  status: number
  headers: Record<string, string>
  range?: ByteRange
}

/**
 * The whole result, a range, or nothing, by the request's conditions. Conditions apply to GET and HEAD, ranges only to
 * GET: a client that posted a file needs its whole result. Several ranges are answered with the whole.
 * @throws AppError `precondition_failed`
 */
function chooseAnswer(
  { method, headers: asked }: IncomingMessage,
  { bytes }: JobResult,
  validators: Validators,
): Answer {
  const whole = {
    status: 200,
    headers: { 'content-length': String(bytes) },
    range: { start: 0, end: bytes - 1 },
  }
  if (method !== 'GET' && method !== 'HEAD') return whole
  if (preconditionFails(asked, validators)) throw new AppError('precondition_failed')
  if (isNotModified(asked, validators)) return { status: 304, headers: {} }
  const range = method === 'GET' ? rangeOf(asked, bytes, validators) : undefined
  if (range === 'unsatisfiable') return { status: 416, headers: { 'content-range': `bytes */${bytes}` } }
  if (!range) return whole
  const { start, end } = range
  return {
    status: 206,
    headers: { 'content-length': String(end - start + 1), 'content-range': `bytes ${start}-${end}/${bytes}` },
    range,
  }
}
