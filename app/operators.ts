import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { Config } from '#lib/config.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { clientOf } from './proxy.ts'

export const OPERATOR_COOKIE = 'nightshift_operator'
const SESSION_S = 12 * 3600

/** Whoever has ADMIN_TOKEN is `admin` and may look and act; with OPERATOR_TOKEN one is `operator` and may look only. */
export type OperatorRole = 'admin' | 'operator'

/** Who is signed in, and until when. */
export interface OperatorSession {
  role: OperatorRole
  expiresAt: Date
}

/** What the right of operators follows from. */
export interface OperatorTokens
  extends Pick<Config, 'publicUrl' | 'basePath' | 'trustProxy' | 'operatorToken'> {
  adminToken: string
  /** Signs the cookies. */
  secret: string
}

/** Recognizes operators: programs by a bearer token, browsers by the cookie that a sign-in gave them. */
export interface Operators {
  /** Whose token this is; undefined for a wrong one. Takes the same time for each. */
  roleByToken(token: string): OperatorRole | undefined
  /** By the cookie alone; undefined where nobody is signed in, any more. */
  sessionOf(headers: Pick<IncomingHttpHeaders, 'cookie'>): OperatorSession | undefined
  /** By the bearer token where there is one, else by the cookie. */
  roleOf(headers: IncomingHttpHeaders): OperatorRole | undefined
  /** The header that signs a browser in for twelve hours, or until the token changes. */
  cookieFor(role: OperatorRole, request: IncomingMessage): string
  /** The header that signs it out. */
  cookieToEnd(request: IncomingMessage): string
}

/** @see Operators */
export function createOperators(tokens: OperatorTokens): Operators {
  const { adminToken, operatorToken, secret, publicUrl, basePath, trustProxy } = tokens
  const tokenOf = (role: string) =>
    role === 'admin' ? adminToken : role === 'operator' ? operatorToken : undefined

  // The token is part of what is signed, so that a session ends with it.
  const sign = (role: string, expires: string) =>
    createHmac('sha256', secret)
      .update(`operator ${role} ${expires} ${tokenOf(role)}`)
      .digest('base64url')

  const setCookie = (request: IncomingMessage, value: string, maxAge: number) =>
    stringifySetCookie({
      ...{ name: OPERATOR_COOKIE, value, maxAge, path: basePath || '/', httpOnly: true, sameSite: 'strict' },
      secure: publicUrl?.startsWith('https:') || clientOf(request, trustProxy).protocol === 'https',
    })

  function roleByToken(token: string): OperatorRole | undefined {
    const isAdmin = isSame(token, adminToken)
    const isOperator = isSame(token, operatorToken ?? '') && operatorToken !== undefined
    return isAdmin ? 'admin' : isOperator ? 'operator' : undefined
  }

  function sessionOf({ cookie = '' }: Pick<IncomingHttpHeaders, 'cookie'>): OperatorSession | undefined {
    const [role = '', expires = '', signature = ''] = parseCookie(cookie)[OPERATOR_COOKIE]?.split('.') ?? []
    if (tokenOf(role) === undefined || !isSame(signature, sign(role, expires))) return undefined
    const expiresAt = new Date(Number(expires))
    return expiresAt.getTime() > Date.now() ? { role: role as OperatorRole, expiresAt } : undefined
  }

  return {
    roleByToken,
    sessionOf,
    roleOf({ authorization, cookie }) {
      if (authorization !== undefined) return roleByToken(authorization.replace(/^Bearer /i, ''))
      return sessionOf({ ...(cookie !== undefined && { cookie }) })?.role
    },
    cookieFor(role, request) {
      const expires = String(Date.now() + SESSION_S * 1000)
      return setCookie(request, [role, expires, sign(role, expires)].join('.'), SESSION_S)
    },
    cookieToEnd: request => setCookie(request, '', 0),
  }
}

/** Compares digests, which have one length, so that the time tells nothing of either. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

/** @throws AppError `not_signed_in` of a request by nobody who may look */
export function ensureMayLook(
  operators: Pick<Operators, 'roleOf'>,
  headers: IncomingHttpHeaders,
): OperatorRole {
  const role = operators.roleOf(headers)
  if (!role) throw new AppError('not_signed_in')
  return role
}

/** @throws AppError `not_signed_in`; `look_only` of one who may not act */
export function ensureMayAct(
  operators: Pick<Operators, 'roleOf'>,
  headers: IncomingHttpHeaders,
): OperatorRole {
  const role = ensureMayLook(operators, headers)
  if (role !== 'admin') throw new AppError('look_only')
  return role
}
