/** Which jobs an operator looks for, and what a list shows of each. For the server and the browser; pure. */
import { JOB_STATES, type JobState } from './job.ts'

/** So many jobs of a state are counted; of more it is only known that they are more. */
export const MOST_FACET = 1000

/** Counts above `MOST_FACET` are one more than it. */
export type FacetCounts = Readonly<Record<JobState, number>>

/** All given parts hold together. */
export interface JobFilter {
  state?: JobState | undefined
  /** Failed with an error that another try might not have, after the last attempt. */
  dead?: true | undefined
  /** The beginning of an id, of six letters or more. */
  id?: string | undefined
  /** The beginning of a file's name, in capital or small letters. */
  name?: string | undefined
  owner?: string | undefined
  errorCode?: string | undefined
  batchId?: string | undefined
  /** Of the source. */
  sha256?: string | undefined
  /** Created from this time on. */
  from?: Date | undefined
  /** Created before this time. */
  to?: Date | undefined
}

/** What a list shows of a job. Times are ISO 8601 in UTC. */
export interface JobListing {
  id: string
  batchId: string
  owner: string
  fileName: string
  format: string
  bytes: number
  sha256: string
  target: string
  state: JobState
  errorCode: string | null
  /** Whether a retry without changes may succeed. */
  retryable: boolean
  version: number
  attempt: number
  maxAttempts: number
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  expiresAt: string
  /** Whether its files were deleted, or are being deleted. */
  filesDeleted: boolean
}

const TEXTS = {
  id: /^[0-9a-f-]{6,36}$/i,
  name: /^.{1,200}$/,
  owner: /^.{1,200}$/,
  errorCode: /^\w{1,60}$/,
  batchId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  sha256: /^[0-9a-f]{64}$/i,
} as const

/** The names of the fields that were filled in, but cannot be looked for. */
export type WrongField = keyof typeof TEXTS | 'from' | 'to'

/** Reads a filter of a query or a form; empty fields are left out, and so are wrong ones, which are named. */
export function parseJobFilter(fields: URLSearchParams): { filter: JobFilter; wrong: WrongField[] } {
  const filter: JobFilter = {}
  const wrong: WrongField[] = []
  const state = JOB_STATES.find(one => one === fields.get('state'))
  if (state) filter.state = state
  if (fields.get('dead')) filter.dead = true
  for (const name of Object.keys(TEXTS) as (keyof typeof TEXTS)[]) {
    const value = fields.get(name)?.trim()
    if (!value) continue
    if (TEXTS[name].test(value)) filter[name] = /^(name|owner)$/.test(name) ? value : value.toLowerCase()
    else wrong.push(name)
  }
  for (const name of ['from', 'to'] as const) {
    const time = timeOf(fields.get(name))
    if (time === null) wrong.push(name)
    else if (time) filter[name] = time
  }
  return { filter, wrong }
}

/** A time without a zone is in UTC, as all of the dashboard; undefined for none, null for one that cannot be read. */
function timeOf(text: string | null): Date | undefined | null {
  if (!text?.trim()) return undefined
  const time = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`)
  const day = new Date(text)
  const read = Number.isNaN(time.getTime()) ? day : time
  return Number.isNaN(read.getTime()) ? null : read
}

/** The fields of a filter, as `parseJobFilter` reads them. */
export function filterFields(filter: JobFilter): [string, string][] {
  return Object.entries(filter).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return []
    if (value instanceof Date) return [[name, value.toISOString()]]
    return [[name, value === true ? '1' : String(value)]]
  })
}

/** Whether a job is one of those that are looked for. */
export function isFound(job: JobListing, filter: JobFilter): boolean {
  const { state, dead, id, name, owner, errorCode, batchId, sha256, from, to } = filter
  const same = (wanted: string | undefined, value: string | null) => wanted === undefined || wanted === value
  const begins = (wanted: string | undefined, value: string) =>
    wanted === undefined || value.startsWith(wanted)
  const created = new Date(job.createdAt)
  return (
    same(state, job.state) &&
    (!dead || isDead(job)) &&
    begins(id?.replaceAll('-', ''), job.id.replaceAll('-', '')) &&
    begins(name?.toLowerCase(), job.fileName.toLowerCase()) &&
    same(owner, job.owner) &&
    same(errorCode, job.errorCode) &&
    same(batchId, job.batchId) &&
    same(sha256, job.sha256) &&
    (!from || created >= from) &&
    (!to || created < to)
  )
}

/** Whether it is a dead letter. */
export function isDead({ state, retryable }: Pick<JobListing, 'state' | 'retryable'>): boolean {
  return state === 'failed' && retryable
}
