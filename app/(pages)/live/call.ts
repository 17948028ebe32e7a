/** Calls to our own API from the page. */
import { AppError } from '#lib/vocabulary/errors.ts'
import type { JobError } from '#lib/vocabulary/job.ts'
import { under } from './address.ts'

export interface ApiResponse {
  /** The HTTP status; 0 where there was no answer. */
  status: number
  /** The refusal; null after success. */
  refused: JobError | null
  /** The JSON of the answer; null where there is none. */
  body: unknown
}

/** Never throws: an unreachable server is a refusal as well. With `keepalive` it is sent even if the page is left. */
export async function call(
  method: string,
  path: string,
  { json, signal, keepalive = false }: { json?: unknown; signal?: AbortSignal; keepalive?: boolean } = {},
): Promise<ApiResponse> {
  const sent = json === undefined ? {} : { body: JSON.stringify(json), headers: JSON_TYPE }
  const response = await fetch(under(path), { method, keepalive, ...(signal && { signal }), ...sent }).catch(
    () => null,
  )
  const body: unknown = await response?.json().catch(() => null)
  return {
    status: response?.status ?? 0,
    refused: response?.ok ? null : (problemIn(body) ?? new AppError('internal').toJobError()),
    body: body ?? null,
  }
}

const JSON_TYPE = { 'Content-Type': 'application/json' }

/** The problem in our API's answer; null for anything else, such as a proxy's own error page. */
export function problemIn(body: unknown): JobError | null {
  const { code, message, nextStep, retryable, details } = (body ?? {}) as Partial<JobError>
  if (typeof code !== 'string' || typeof message !== 'string' || typeof nextStep !== 'string') return null
  return { code, message, nextStep, retryable: retryable === true, details }
}

export interface BatchCallOptions {
  /** Below that of the batch. */
  path?: string
  keepalive?: boolean
}

/** Changes all jobs of a batch, of which the server takes some hundred at a time. Resolves to the refusal, or to null. */
export async function callForBatch(
  method: string,
  batchId: string,
  { path = '', keepalive = false }: BatchCallOptions,
): Promise<JobError | null> {
  for (;;) {
    const { refused, body } = await call(method, `/api/batches/${batchId}${path}`, { keepalive })
    const { changed = 0, more = false } = (body ?? {}) as Partial<{ changed: number; more: boolean }>
    if (refused || !more || changed === 0) return refused
  }
}
