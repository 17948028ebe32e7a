import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { Config } from '#lib/config.ts'
import type { EndedSessions } from '#lib/records/ended-sessions.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { EndedLookup } from './ended-lookup.ts'
import { clientOf } from './proxy.ts'

export const OPERATOR_COOKIE = 'nightshift_operator'
const SESSION_S = 12 * 3600

/** Whoever has ADMIN_TOKEN is `admin` and may look and act; with OPERATOR_TOKEN one is `operator` and may look only. */
export type OperatorRole = 'admin' | 'operator'

/** Who is signed in, and until when. */
export interface OperatorSession {
  /** A UUID. */
  id: string
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
  sessionOf(headers: Pick<IncomingHttpHeaders, 'cookie'>): Promise<OperatorSession | undefined>
  /** By the bearer token where there is one, else by the cookie. */
  roleOf(headers: IncomingHttpHeaders): Promise<OperatorRole | undefined>
  /** The header that signs a browser in for twelve hours, until it signs out, or until the token changes. */
  cookieFor(role: OperatorRole, request: IncomingMessage): string
  /** Ends the session of the request, wherever its cookie was copied to. Returns the header that removes the cookie. */
  signOut(request: IncomingMessage): Promise<string>
}

/** @see Operators */
export function createOperators(tokens: OperatorTokens, endedSessions: EndedSessions): Operators {
  const { publicUrl, basePath, trustProxy } = tokens
  const { sign, roleByToken } = signatures(tokens)
  const ended = new EndedLookup(endedSessions)

  const setCookie = (request: IncomingMessage, value: string, maxAge: number) =>
    stringifySetCookie({
      ...{ name: OPERATOR_COOKIE, value, maxAge, path: basePath || '/', httpOnly: true, sameSite: 'strict' },
      secure: publicUrl?.startsWith('https:') || clientOf(request, trustProxy).protocol === 'https',
    })

  async function sessionOf({ cookie = '' }: Pick<IncomingHttpHeaders, 'cookie'>) {
    const [role = '', expires = '', id = '', signature = ''] =
      parseCookie(cookie)[OPERATOR_COOKIE]?.split('.') ?? []
    const expected = sign(role, expires, id)
    if (expected === undefined || !isSame(signature, expected)) return undefined
    const expiresAt = new Date(Number(expires))
    if (expiresAt.getTime() <= Date.now() || (await ended.has(id))) return undefined
    return { id, role: role as OperatorRole, expiresAt }
  }

  return {
    roleByToken,
    sessionOf,
    async roleOf({ authorization, cookie }) {
      if (authorization !== undefined) return roleByToken(authorization.replace(/^Bearer /i, ''))
      return (await sessionOf({ ...(cookie !== undefined && { cookie }) }))?.role
    },
    cookieFor(role, request) {
      const [expires, id] = [String(Date.now() + SESSION_S * 1000), randomUUID()]
      return setCookie(request, [role, expires, id, sign(role, expires, id)].join('.'), SESSION_S)
    },
    async signOut(request) {
      const session = await sessionOf(request.headers)
      if (session) await ended.end(session)
      return setCookie(request, '', 0)
    },
  }
}

function signatures({ adminToken, operatorToken, secret }: OperatorTokens) {
  const tokenOf = (role: string) =>
    role === 'admin' ? adminToken : role === 'operator' ? operatorToken : undefined
  return {
    /** The token is part of what is signed, so that a session ends with it; undefined for a role that has none. */
    sign(role: string, expires: string, id: string): string | undefined {
      const token = tokenOf(role)
      if (token === undefined) return undefined
      return createHmac('sha256', secret)
        .update(`operator ${role} ${expires} ${id} ${token}`)
        .digest('base64url')
    },
    roleByToken(token: string): OperatorRole | undefined {
      const isAdmin = isSame(token, adminToken)
      const isOperator = isSame(token, operatorToken ?? '') && operatorToken !== undefined
      return isAdmin ? 'admin' : isOperator ? 'operator' : undefined
    },
  }
}

/** Compares digests, which have one length, so that the time tells nothing of either. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}

/** @throws AppError `not_signed_in` of a request by nobody who may look */
export async function ensureMayLook(
  operators: Pick<Operators, 'roleOf'>,
  headers: IncomingHttpHeaders,
): Promise<OperatorRole> {
  const role = await operators.roleOf(headers)
  if (!role) throw new AppError('not_signed_in')
  return role
}

/** @throws AppError `not_signed_in`; `look_only` of one who may not act */
export async function ensureMayAct(
  operators: Pick<Operators, 'roleOf'>,
  headers: IncomingHttpHeaders,
): Promise<OperatorRole> {
  const role = await ensureMayLook(operators, headers)
  if (role !== 'admin') throw new AppError('look_only')
  return role
}
