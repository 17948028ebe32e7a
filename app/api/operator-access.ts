import { timingSafeEqual } from 'node:crypto'
import { AppError } from '#lib/vocabulary/errors.ts'
import type { Api, ApiContext } from './context.ts'

const SCHEMES = {
  adminToken: 'ADMIN_TOKEN, whose holder may look and act.',
  operatorToken: 'OPERATOR_TOKEN, whose holder may look only.',
}

/** Describes the operator's tokens in the OpenAPI document. */
export function describeTokens(api: Api): void {
  for (const [name, description] of Object.entries(SCHEMES))
    api.openAPIRegistry.registerComponent('securitySchemes', name, {
      type: 'http',
      scheme: 'bearer',
      description,
    })
}

/**
 * Ensures that the sender of this header may look at what is the operator's: with the admin token, or OPERATOR_TOKEN.
 * @throws AppError `not_signed_in`
 */
export function ensureMayLook(
  authorization: string | undefined,
  { adminToken, config }: Pick<ApiContext, 'adminToken' | 'config'>,
): void {
  const token = authorization?.replace(/^Bearer /i, '') ?? ''
  const { operatorToken } = config
  if (isSame(token, adminToken) || (operatorToken !== undefined && isSame(token, operatorToken))) return
  throw new AppError('not_signed_in')
}

function isSame(token: string, expected: string): boolean {
  const [a, b] = [Buffer.from(token), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
