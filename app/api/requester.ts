import type { Context } from 'hono'
import { senderTrace } from '../request-trace.ts'
import type { ApiContext, Env } from './context.ts'
import { invalidRequest } from './invalid-request.ts'
import { requesterLocale } from './regional-defaults.ts'

export interface Requester {
  owner: string
  /** Whether a cookie or a token names the owner, and not only the address. */
  identified: boolean
  idempotencyKey: string | undefined
  /** Whether it waits for the end of its job, and so cannot be asked for a password meanwhile. */
  waits: boolean
  /** The preferred locale, as `localeOf` returns it. */
  locale: string | undefined
  /** The trace context that it gave, as W3C `traceparent`. */
  traceparent: string | undefined
}

const LONGEST_KEY = 200

/** Reads who sends a request, and how. @throws AppError `invalid_request` */
export function readRequester(
  c: Context<Env>,
  { owners, tracing }: Pick<ApiContext, 'owners' | 'tracing'>,
  waits: boolean,
): Requester {
  const idempotencyKey = c.req.header('idempotency-key')
  if (idempotencyKey === '' || (idempotencyKey?.length ?? 0) > LONGEST_KEY)
    throw invalidRequest(`the header “Idempotency-Key” must have 1 to ${LONGEST_KEY} characters`)
  const locale = requesterLocale(c.req.header('accept-language'))
  const traceparent = senderTrace(c.env.incoming, tracing)
  return { ...owners.of(c.env.incoming), idempotencyKey, waits, locale, traceparent }
}
