import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import type { PublicAddress } from './origin.ts'
import { clientOf } from './proxy.ts'

export const OWNER_COOKIE = 'nightshift_owner'
const YEAR_S = 365 * 86_400

/**
 * Identifies the owner of a request. A cookie makes an owner with a list of jobs; an address only serves for fair
 * limits.
 */
export interface Owners {
  /** `identified` is false for an owner derived from the address: it must never see a list. */
  of(request: IncomingMessage): { owner: string; identified: boolean }
  /** Sets an owner cookie where the browser has no valid one; it already counts for this request. */
  ensureOwnerCookie(request: IncomingMessage, response: ServerResponse): void
}

/** Owner cookies are signed with `secret`, so that they cannot be forged. */
export function createOwners(secret: string, { publicUrl, basePath, trustProxy }: PublicAddress): Owners {
  const sign = (id: string) => createHmac('sha256', secret).update(`owner ${id}`).digest('base64url')

  const isSecure = (request: IncomingMessage) =>
    publicUrl?.startsWith('https:') || clientOf(request, trustProxy).protocol === 'https'

  function readCookie(request: IncomingMessage): string | undefined {
    const value = parseCookie(request.headers.cookie ?? '')[OWNER_COOKIE]
    const [id, signature] = value?.split('.') ?? []
    if (!id || !signature) return undefined
    const expected = Buffer.from(sign(id))
    const given = Buffer.from(signature)
    return given.length === expected.length && timingSafeEqual(given, expected) ? id : undefined
  }

  return {
    of(request) {
      const id = readCookie(request)
      if (id) return { owner: id, identified: true }
      const address = clientOf(request, trustProxy).address ?? 'unknown'
      return { owner: `address-${sign(address).slice(0, 22)}`, identified: false }
    },
    ensureOwnerCookie(request, response) {
      if (readCookie(request)) return
      const id = randomUUID()
      const value = `${id}.${sign(id)}`
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
