import type { RequestListener } from 'node:http'
import { isApiPath, isProbePath } from './api.ts'

interface Doors {
  /** Knows nothing of BASE_PATH: its paths begin below. */
  api: RequestListener
  /** Built for BASE_PATH: their paths begin with it. */
  pages: RequestListener
}

/** Who answers which path. What asks for life or readiness comes from inside, without BASE_PATH, as well as with it. */
export function routeTo({ api, pages }: Doors, basePath: string): RequestListener {
  return (request, response) => {
    const asked = request.url ?? '/'
    const path = below(basePath, asked) ?? (isProbePath(asked) ? asked : undefined)
    if (path !== undefined && isApiPath(path)) {
      request.url = path
      return api(request, response)
    }
    // Many proxies send “/convert” on to “/convert/”, and Next sends that back: it would go round for ever.
    if (path?.startsWith('/?') || path === '/') request.url = (basePath || '/') + path.slice(1)
    pages(request, response)
  }
}

/** What of a path, with its query, lies below the prefix: `/` for the prefix itself, undefined for what lies elsewhere. */
function below(basePath: string, path: string): string | undefined {
  if (!path.startsWith(basePath)) return undefined
  const rest = path.slice(basePath.length)
  if (rest.startsWith('/')) return rest
  return rest === '' || rest.startsWith('?') ? `/${rest}` : undefined
}
