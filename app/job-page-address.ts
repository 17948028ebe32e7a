import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Config } from '#lib/config.ts'
import type { Jobs } from '#lib/jobs.ts'
import { findJob } from './job-access.ts'

interface JobPages {
  jobs: Pick<Jobs, 'get'>
  config: Pick<Config, 'basePath'>
}

/**
 * Leads a request for the page of a job that does not exist to an address without a page. Next renders a page that finds
 * nothing only by script, but one for an address without a page on the server: in the language of the request, and also
 * where there is no JavaScript.
 */
export async function leadAwayIfUnknown(request: IncomingMessage, pages: JobPages): Promise<void> {
  const { basePath } = pages.config
  const path = request.url?.slice(basePath.length).replace(/\?.*$/s, '')
  const id = /^\/jobs\/([^/]+)\/?$/.exec(path ?? '')?.[1]
  if (id === undefined || (await isKnown(id, pages))) return
  request.url = `${basePath}/jobs`
}

/** Where the database does not answer, the page itself says so. */
async function isKnown(id: string, { jobs }: JobPages): Promise<boolean> {
  if (!z.uuid().safeParse(id).success) return false
  return findJob({ jobs }, { id }).then(
    job => job !== undefined,
    () => true,
  )
}
