import { createServer, type RequestListener } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Config } from '#lib/config.ts'

/** The pages, by Next. */
export interface PageServer {
  /** Loads Next, unless it is loaded. */
  load(): Promise<void>
  /** Answers a request for a page; the first one waits until Next is loaded. */
  serve: RequestListener
  close(): Promise<void>
}

/**
 * Opens the pages without loading Next, which takes half of this process's start: neither the API nor a job needs it.
 */
export function openPageServer(address: Pick<Config, 'host' | 'port'>): PageServer {
  let loading: ReturnType<typeof loadNext> | undefined
  const loaded = () => {
    loading ??= loadNext(address)
    return loading
  }
  return {
    load: async () => void (await loaded()),
    serve: async (request, response) => (await loaded()).getRequestHandler()(request, response),
    close: async () => (await loading)?.close(),
  }
}

async function loadNext({ host: hostname, port }: Pick<Config, 'host' | 'port'>) {
  const { default: next } = await import('next')
  const pages = next({
    quiet: true,
    dev: false,
    dir: fileURLToPath(new URL('..', import.meta.url)),
    hostname,
    port,
    // Next would listen for upgrades on our server and match each against its pages; it needs none.
    httpServer: createServer(),
  })
  // Next logs the time of its configuration regardless of `quiet`; the launcher's list of steps must stay readable.
  const { log: logAloud } = console
  console.log = () => {}
  await pages.prepare()
  console.log = logAloud
  return pages
}
