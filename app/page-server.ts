import { createServer, type RequestListener } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Config } from '#lib/config.ts'
import type { Logger } from '#lib/log.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { PROBLEM_HEADERS, problemBody } from './api/problem.ts'

/** The pages, by Next. */
export interface PageServer {
  /**
   * Loads Next and asks for the page at this URL of ours, whose code Next loads only then: the first visitor would wait
   * a second for it. Where Next cannot be loaded, the log has the reason.
   */
  warmUp(url: string): Promise<void>
  /** Answers a request for a page; the first one waits until Next is loaded. Where it cannot be loaded, with a problem. */
  serve: RequestListener
  close(): Promise<void>
}

/** What of Next is used. */
export interface LoadedPages {
  getRequestHandler(): (...args: Parameters<RequestListener>) => Promise<void>
  close(): Promise<void>
}

/**
 * Opens the pages without loading Next, which takes half of this process's start: neither the API nor a job needs it.
 * They also work where the pages are damaged.
 */
export function openPageServer(loadPages: () => Promise<LoadedPages>, log: Logger): PageServer {
  let loading: Promise<LoadedPages | null> | undefined
  const loaded = () => {
    loading ??= loadPages().catch(cause => {
      log.error({ err: new AppError('pages_unavailable', { cause }) }, 'the pages cannot be loaded')
      return null
    })
    return loading
  }
  return {
    warmUp: async url => {
      if (!(await loaded())) return
      await fetch(url)
        .then(answer => answer.arrayBuffer())
        .catch(error =>
          log.debug({ err: error }, 'no page was rendered ahead; the first visitor waits for it'),
        )
    },
    serve: async (request, response) => {
      const pages = await loaded()
      if (pages) return pages.getRequestHandler()(request, response)
      const error = new AppError('pages_unavailable')
      response.writeHead(error.status, PROBLEM_HEADERS)
      response.end(JSON.stringify(problemBody(error.toJobError(), error.status)))
    },
    close: async () => (await loading)?.close(),
  }
}

const PROJECT = fileURLToPath(new URL('..', import.meta.url))

/** Loads Next with the pages that the launcher has built in `dir`. @throws Error where they are missing or damaged */
export async function loadNext(
  { host: hostname, port }: Pick<Config, 'host' | 'port'>,
  dir = PROJECT,
): Promise<LoadedPages> {
  const { default: next } = await import('next')
  const pages = next({
    quiet: true,
    dev: false,
    dir,
    hostname,
    port,
    // Next would listen for upgrades on our server and match each against its pages; it needs none.
    httpServer: createServer(),
  })
  // Next logs the time of its configuration regardless of `quiet`; the launcher's list of steps must stay readable.
  const { log: logAloud } = console
  console.log = () => {}
  await pages.prepare().finally(() => {
    console.log = logAloud
  })
  return pages
}
