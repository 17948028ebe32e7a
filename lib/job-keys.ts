/**
 * The storage keys of a job's files. Everything of a job lies below `jobPrefix`, everything of all jobs below
 * `JOBS_PREFIX`. A result key contains the attempt's claim, so a zombie cannot overwrite the published result.
 */
export const JOBS_PREFIX = 'jobs/'
export const jobPrefix = (id: string) => `${JOBS_PREFIX}${id}/`
export const sourceKey = (id: string) => `${jobPrefix(id)}source`
/** One of several sources, counted from 1. */
export const partKey = (id: string, number: number) => `${jobPrefix(id)}source-${number}`
/** Whether this key of a job is neither a result nor a picture. */
export const isSourceKey = (key: string) => !/\/(result|thumbnail)-\d+$/.test(key)
export const resultKey = (id: string, claim: number) => `${jobPrefix(id)}result-${claim}`
export const thumbnailKey = (id: string, claim: number) => `${jobPrefix(id)}thumbnail-${claim}`
