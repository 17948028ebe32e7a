import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { PublicAddress } from './origin.ts'
import { clientOf } from './proxy.ts'

export const OWNER_COOKIE = 'nightshift_owner'
/** The header of a program, which has the form of the cookie's value: `id.signature`. */
export const OWNER_TOKEN_HEADER = 'X-Owner-Token'
const YEAR_S = 365 * 86_400

/**
 * Identifies the owner of a request. A cookie or a token makes an owner with a list of jobs; an address only serves for
 * fair limits.
 */
export interface Owners {
  /** `identified` is false for an owner derived from the address: it must never see a list or change a job. */
  of(request: IncomingMessage): { owner: string; identified: boolean }
  /** The id that a valid token or cookie proves; undefined without one. A token has precedence. */
  idOf(headers: IncomingHttpHeaders): string | undefined
  /** The token that proves this id. Whoever holds it owns what belongs to the id. */
  tokenFor(id: string): string
  /** Sets an owner cookie where the browser has no valid one; it already counts for this request. */
  ensureOwnerCookie(request: IncomingMessage, response: ServerResponse): void
}

/** Owner cookies are signed with `secret`, so that they cannot be forged. */
export function createOwners(secret: string, { publicUrl, basePath, trustProxy }: PublicAddress): Owners {
  const sign = (id: string) => createHmac('sha256', secret).update(`owner ${id}`).digest('base64url')

  const isSecure = (request: IncomingMessage) =>
    publicUrl?.startsWith('https:') || clientOf(request, trustProxy).protocol === 'https'

  const tokenFor = (id: string) => `${id}.${sign(id)}`

  function proven(value: string | undefined): string | undefined {
    const [id, signature] = value?.split('.') ?? []
    if (!id || !signature) return undefined
    const expected = Buffer.from(sign(id))
    const given = Buffer.from(signature)
    return given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined
  }

  const readCookie = ({ cookie = '' }: IncomingHttpHeaders) => proven(parseCookie(cookie)[OWNER_COOKIE])
  const readToken = (headers: IncomingHttpHeaders) =>
    proven(headers[OWNER_TOKEN_HEADER.toLowerCase()]?.toString())
  const idOf = (headers: IncomingHttpHeaders) => readToken(headers) ?? readCookie(headers)

  return {
    idOf,
    tokenFor,
    of(request) {
      const id = idOf(request.headers)
      if (id) return { owner: id, identified: true }
      const address = clientOf(request, trustProxy).address ?? 'unknown'
      return { owner: `address-${sign(address).slice(0, 22)}`, identified: false }
    },
    ensureOwnerCookie(request, response) {
      if (readCookie(request.headers)) return
      const value = tokenFor(randomUUID())
      response.appendHeader(
        'Set-Cookie',
        stringifySetCookie({
          name: OWNER_COOKIE,
          value,
          path: basePath || '/',
          httpOnly: true,
          sameSite: 'lax',
          secure: isSecure(request),
          maxAge: YEAR_S,
        }),
      )
      request.headers.cookie = [request.headers.cookie, `${OWNER_COOKIE}=${value}`].filter(Boolean).join('; ')
    },
  }
}
