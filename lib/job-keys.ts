/**
 * Where in storage a job's bytes lie: everything of a job below `jobPrefix`, everything of all jobs below
 * `JOBS_PREFIX`. A result carries its attempt's claim: a zombie writes beside the published one.
 */
export const JOBS_PREFIX = 'jobs/'
export const jobPrefix = (id: string) => `${JOBS_PREFIX}${id}/`
export const sourceKey = (id: string) => `${jobPrefix(id)}source`
export const resultKey = (id: string, claim: number) => `${jobPrefix(id)}result-${claim}`
export const thumbnailKey = (id: string, claim: number) => `${jobPrefix(id)}thumbnail-${claim}`
