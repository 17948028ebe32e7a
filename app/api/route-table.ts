import type { RouteConfig } from '@hono/zod-openapi'
import { AppError } from '#lib/vocabulary/errors.ts'
import { suggest } from '#lib/vocabulary/nearest.ts'
import type { Api } from './context.ts'
import { invalidRequest } from './invalid-request.ts'

/** The pages below BASE_PATH. Next serves them, for reading only. */
const PAGES = ['/', '/jobs/{id}', '/admin', '/admin/{page}', '/admin/jobs/{id}']

interface RoutePattern {
  pattern: RegExp
  method: string
  /** Undefined for a page. */
  call?: RouteConfig
}

/** The routes of every path, from the OpenAPI document. */
export class RouteTable {
  readonly #registry: Api['openAPIRegistry']
  #paths: RoutePattern[] | undefined

  constructor(registry: Api['openAPIRegistry']) {
    this.#registry = registry
  }

  /** The methods of a path below BASE_PATH; empty for an unknown path. */
  methodsAt(path: string): string[] {
    const methods = this.#at(path).map(({ method }) => method)
    if (methods.length === 0) return []
    return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])]
  }

  /**
   * Refuses query parameters that the route would ignore: unknown names, repeated names, invalid values.
   * @throws AppError `unknown_parameter`, `invalid_request`
   */
  checkQuery(method: string, { pathname, searchParams }: URL): void {
    const asked = method === 'HEAD' ? ['HEAD', 'GET'] : [method]
    const call = this.#at(pathname).find(place => asked.includes(place.method))?.call
    if (!call || !pathname.startsWith('/api/')) return
    const schema = call.request?.query
    const known = schema && 'shape' in schema ? Object.keys(schema.shape) : []
    for (const name of searchParams.keys()) {
      if (!known.includes(name)) throw unknownParameter(name, known)
      if (searchParams.getAll(name).length > 1)
        throw invalidRequest(`“${name}” stands in the query more than once`)
    }
    const [issue] = schema?.safeParse(Object.fromEntries(searchParams)).error?.issues ?? []
    if (issue) throw invalidRequest(`“${issue.path.join('.')}” is wrong (${issue.message})`)
  }

  #at(path: string): RoutePattern[] {
    this.#paths ??= [
      ...PAGES.map(page => ({ pattern: patternOf(page), method: 'GET' })),
      ...this.#registry.definitions
        .filter(definition => definition.type === 'route')
        .map(({ route }) => ({
          pattern: patternOf(route.path),
          method: route.method.toUpperCase(),
          call: route,
        })),
    ]
    return this.#paths.filter(({ pattern }) => pattern.test(path))
  }
}

const patternOf = (path: string) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)

function unknownParameter(name: string, known: readonly string[]): AppError {
  const hint = known.length > 0 ? suggest(name, known) : 'This call takes no query; leave it out.'
  return new AppError('unknown_parameter', { details: { name, hint } })
}
