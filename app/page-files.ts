import type { RequestListener } from 'node:http'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

const BUILT = fileURLToPath(new URL('../.next/static', import.meta.url))
/** Their names change with their content. */
const LASTING = 'public, max-age=31536000, immutable'

/**
 * Serves the scripts and styles of the pages from `folder`, compressed as the launcher left them (`cli/start/build.ts`).
 * Next would compress each of them again for each request. Gives undefined for every other request.
 */
export function createPageFiles(
  basePath: string,
  folder = BUILT,
): (url: string) => RequestListener | undefined {
  const prefix = `${basePath}/_next/static`
  const files = new Hono()
  const serve = serveStatic({
    root: folder,
    precompressed: true,
    rewriteRequestPath: path => path.slice(prefix.length),
    onFound: (_, context) => {
      context.header('Cache-Control', LASTING)
      context.header('X-Content-Type-Options', 'nosniff')
    },
  })
  files.use(serve)
  const listener = getRequestListener(files.fetch, { hostname: 'localhost' })
  return url => (url.startsWith(`${prefix}/`) ? listener : undefined)
}
