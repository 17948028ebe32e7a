import type { IncomingMessage, RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { AppError } from '#lib/vocabulary/errors.ts'
import { lingerOver } from './api/linger.ts'
import { problemResponse } from './api/problem.ts'

interface Handlers {
  /** The API, whose paths begin below BASE_PATH. It also answers errors that no page can answer. */
  api: RequestListener
  /** The pages, built for BASE_PATH: their paths begin with it. */
  pages: RequestListener
}

/** Routes requests to the API and the pages. Probes come from inside and may omit BASE_PATH. */
export function routeTo({ api, pages }: Handlers, basePath: string): RequestListener {
  // Not while modules are loaded: it replaces the global Response. The mark of the library for what was sent already, if
  // made of that one, would be sent once more: an error in the log for each download.
  const refuse = getRequestListener((_, { incoming }) =>
    lingerOver(incoming as IncomingMessage, problemResponse(new AppError('not_found'))),
  )
  return (request, response) => {
    const [, asked = '/', query = ''] = /^([^?]*)(.*)$/s.exec(targetOf(request, basePath)) ?? []
    if (!asked.startsWith('/')) return api(request, response)
    const path = below(basePath, asked) ?? (isProbe(asked) ? asked : undefined)
    if (path === undefined) return reads(request) ? pages(request, response) : refuse(request, response)
    if (isApi(path) || !reads(request) || !isDecodable(path)) {
      request.url = (path.endsWith('/') ? path.slice(0, -1) || '/' : path) + query
      return api(request, response)
    }
    // Many proxies redirect “/convert” to “/convert/”, and Next redirects that back, which would be an endless loop.
    if (path === '/') request.url = (basePath || '/') + query
    pages(request, response)
  }
}

/** `OPTIONS *` asks about the server as a whole; the home page answers it. */
const targetOf = ({ url = '/', method }: IncomingMessage, basePath: string) =>
  url === '*' && method === 'OPTIONS' ? basePath || '/' : url

const reads = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD'

/** Whether a path belongs to the API; all others are pages. */
const isApi = (path: string) => /^\/api(\/|$)/.test(path) || isProbe(path)

/** Whether a path is a probe of liveness or readiness, or gives the metrics. */
const isProbe = (path: string) => /^\/(healthz|readyz|metrics)\/?$/.test(path)

/** Whether its percent encoding is valid. */
export function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** The part of a path below the prefix: `/` for the prefix itself, undefined for a path outside. */
function below(basePath: string, path: string): string | undefined {
  if (!path.startsWith(basePath)) return undefined
  const rest = path.slice(basePath.length)
  return rest.startsWith('/') ? rest : rest === '' ? '/' : undefined
}
