/**
 * Where in storage a job's bytes lie: everything of a job below `jobPrefix`, everything of all jobs below
 * `JOBS_PREFIX`. A result carries its attempt: a zombie writes beside the published one.
 */
export const JOBS_PREFIX = 'jobs/'
export const jobPrefix = (id: string) => `${JOBS_PREFIX}${id}/`
export const sourceKey = (id: string) => `${jobPrefix(id)}source`
export const resultKey = (id: string, attempt: number) => `${jobPrefix(id)}result-${attempt}`
export const thumbnailKey = (id: string, attempt: number) => `${jobPrefix(id)}thumbnail-${attempt}`
