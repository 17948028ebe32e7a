import type { IncomingMessage, RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { AppError } from '#lib/vocabulary/errors.ts'
import { lingerOver } from './api/linger.ts'
import { problemResponse } from './api/problem.ts'

interface Handlers {
  /** Knows nothing of BASE_PATH: its paths begin below. Also says what is wrong where no page can be the answer. */
  api: RequestListener
  /** Built for BASE_PATH: their paths begin with it. */
  pages: RequestListener
}

const refuse = getRequestListener((_, { incoming }) =>
  lingerOver(incoming as IncomingMessage, problemResponse(new AppError('not_found'))),
)

/** Who answers which path. What asks for life or readiness comes from inside, without BASE_PATH, as well as with it. */
export function routeTo({ api, pages }: Handlers, basePath: string): RequestListener {
  return (request, response) => {
    const [, asked = '/', query = ''] = /^([^?]*)(.*)$/s.exec(targetOf(request, basePath)) ?? []
    if (!asked.startsWith('/')) return api(request, response)
    const path = below(basePath, asked) ?? (isProbe(asked) ? asked : undefined)
    if (path === undefined) return reads(request) ? pages(request, response) : refuse(request, response)
    if (isApi(path) || !reads(request) || !isDecodable(path)) {
      request.url = (path.endsWith('/') ? path.slice(0, -1) || '/' : path) + query
      return api(request, response)
    }
    // Many proxies send “/convert” on to “/convert/”, and Next sends that back: it would go round for ever.
    if (path === '/') request.url = (basePath || '/') + query
    pages(request, response)
  }
}

/** `OPTIONS *` asks about the server as a whole: its home page stands for that. */
const targetOf = ({ url = '/', method }: IncomingMessage, basePath: string) =>
  url === '*' && method === 'OPTIONS' ? basePath || '/' : url

const reads = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD'

/** Whether a path is the API's; all others are pages. */
const isApi = (path: string) => /^\/api(\/|$)/.test(path) || isProbe(path)

/** Whether somebody asks for life or readiness. */
const isProbe = (path: string) => /^\/(healthz|readyz)\/?$/.test(path)

/** Whether its percent signs say what they should. */
export function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** What of a path lies below the prefix: `/` for the prefix itself, undefined for what lies elsewhere. */
function below(basePath: string, path: string): string | undefined {
  if (!path.startsWith(basePath)) return undefined
  const rest = path.slice(basePath.length)
  return rest.startsWith('/') ? rest : rest === '' ? '/' : undefined
}
