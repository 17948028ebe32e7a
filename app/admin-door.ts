import type { IncomingMessage, ServerResponse } from 'node:http'
import { isDecodable } from './base-path.ts'
import type { Operators } from './operators.ts'

interface AdminDoorOptions {
  operators: Pick<Operators, 'sessionOf'>
  basePath: string
}

/** The path of a page below BASE_PATH and its query, decoded as far as Next would; undefined for one of others. */
function adminPath(url: string, basePath: string): { path: string; query: string } | undefined {
  const [asked = '', query = ''] = url.split('?')
  const path = isDecodable(asked) ? decodeURIComponent(asked).replace(/\/{2,}/g, '/') : asked
  return /^\/admin(\/|$)/.test(path.slice(basePath.length)) && path.startsWith(basePath)
    ? { path: path.slice(basePath.length), query }
    : undefined
}

/**
 * Whether a request is for a page of the dashboard. Nothing may keep those or list them, and where nobody is signed in the
 * answer is the way to the sign-in page; `answered` then.
 */
export async function atAdminDoor(
  { url = '/', headers }: IncomingMessage,
  response: ServerResponse,
  { operators, basePath }: AdminDoorOptions,
): Promise<'public' | 'open' | 'answered'> {
  const asked = adminPath(url, basePath)
  if (!asked) return 'public'
  response.setHeader('X-Robots-Tag', 'noindex, nofollow')
  response.setHeader('Cache-Control', 'no-store')
  if (asked.path === '/admin/sign-in' || (await operators.sessionOf(headers))) return 'open'
  const query = new URLSearchParams(asked.query)
  // Next's own mark of a request for a part of a page.
  query.delete('_rsc')
  const to = `${asked.path}${query.size > 0 ? `?${query}` : ''}`
  const Location = `${basePath}/admin/sign-in?${new URLSearchParams({ to })}`
  response.writeHead(303, { Location }).end()
  return 'answered'
}
