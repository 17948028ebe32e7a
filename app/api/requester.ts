import type { Context } from 'hono'
import type { Owners } from '../owners.ts'
import type { Env } from './context.ts'
import { invalidRequest } from './invalid-request.ts'
import { requesterLocale } from './regional-defaults.ts'

export interface Requester {
  owner: string
  idempotencyKey: string | undefined
  /** The one that is liked best, as `localeOf` gives it. */
  locale: string | undefined
}

const LONGEST_KEY = 200

/** Who sends a file, and under which key it is the same sending again. @throws AppError `invalid_request` */
export function readRequester(c: Context<Env>, owners: Owners): Requester {
  const idempotencyKey = c.req.header('idempotency-key')
  if (idempotencyKey === '' || (idempotencyKey?.length ?? 0) > LONGEST_KEY)
    throw invalidRequest(`the header “Idempotency-Key” must have 1 to ${LONGEST_KEY} characters`)
  const locale = requesterLocale(c.req.header('accept-language'))
  return { owner: owners.of(c.env.incoming).owner, idempotencyKey, locale }
}
