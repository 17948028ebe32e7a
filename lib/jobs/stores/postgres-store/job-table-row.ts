import { Prisma } from '../../../../prisma/generated/client.ts'
import type { AttemptOutcome, AttemptRecord, Job, JobResult, SourcePart } from '../../../jobs.ts'
import type { Flags } from '../../../scan/flags.ts'
import { type Need, type Options, type Progress, receiptOf } from '../../../vocabulary/job.ts'
import { countsAsAttempt } from '../../../vocabulary/job-life.ts'
import type { JobWebhook } from '../../../vocabulary/webhook.ts'
import { readError } from './stored-error.ts'
import { readReport } from './stored-report.ts'

type AttemptRow = Prisma.AttemptGetPayload<object>
export type JobTableRow = Prisma.JobGetPayload<object> & { attempts?: AttemptRow[] }

/** All columns under the names of their fields, for the RETURNING of a raw statement. */
export const JOB_COLUMNS = Object.keys(Prisma.JobScalarFieldEnum)
  .map(field => `${field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)} AS "${field}"`)
  .join(', ')

/** SQL: the attempts of a row of `jobs` in order, as JSON; null where it has none. */
export const ATTEMPTS_OF_JOB = `
  SELECT json_agg(json_build_object('jobId', job_id, 'number', number, 'worker', worker, 'startedAt', started_at,
    'endedAt', ended_at, 'outcome', outcome, 'errorCode', error_code, 'log', log) ORDER BY number)
  FROM attempts WHERE job_id = jobs.id`

/** A row with `ATTEMPTS_OF_JOB`: JSON knows no times. */
export type JobRowWithAttempts = Omit<JobTableRow, 'attempts'> & {
  attempts:
    | (Omit<AttemptRow, 'startedAt' | 'endedAt'> & { startedAt: string; endedAt: string | null })[]
    | null
}

export function withAttempts({ attempts, ...row }: JobRowWithAttempts): JobTableRow {
  const timed = (attempts ?? []).map(({ startedAt, endedAt, ...attempt }) => ({
    ...attempt,
    startedAt: new Date(startedAt),
    endedAt: endedAt === null ? null : new Date(endedAt),
  }))
  return { ...row, attempts: timed }
}

/** Converts a row to the job that callers see. Without `attempts` the timeline is empty. */
// biome-ignore format: one line a kind of field
export function toJob(row: JobTableRow): Job {
  const { id, batchId, owner, fileName, target, sealed, state, version, maxAttempts, retryOf, keepSource } = row
  const { traceparent, folder, createdAt, queuedAt, runAt, startedAt, finishedAt, expiresAt } = row
  const source = { format: row.sourceFormat, bytes: Number(row.sourceBytes), sha256: row.sourceSha256 }
  const result = row.result as JobResult | null
  const receipt = receiptOf({ by: row.deletedBy, at: row.filesDeletedAt }, { source, result })
  return {
    id, batchId, owner, fileName, target, sealed, state, version, maxAttempts, retryOf, keepSource,
    traceparent, folder,
    attempt: attemptOf(row),
    claims: row.attempt,
    source,
    sources: row.sources as SourcePart[] | null,
    needs: row.needs as Need | null,
    flags: row.sourceFlags as Flags | null,
    options: row.options as Options,
    progress: row.progress as Progress | null,
    // The published result was deleted with the files; the row still records that there was one.
    result: receipt ? null : result,
    receipt,
    webhook: webhookOfRow(row),
    report: readReport(row.report),
    thumbnailKey: receipt ? null : row.thumbnailKey,
    error: readError(row.error),
    createdAt, queuedAt, runAt, startedAt, finishedAt, expiresAt,
    timeline: toTimeline(row.attempts ?? []),
  }
}

/** The webhook with its step, which is a column of its own. */
export function webhookOfRow({ webhook, webhookStep: step }: Pick<JobTableRow, 'webhook' | 'webhookStep'>) {
  return webhook === null ? null : { ...(webhook as unknown as JobWebhook), step }
}

/** The number of the last attempt as users count them: hand-backs and questions do not count. */
export function attemptOf({ attempt, handedBack }: Pick<JobTableRow, 'attempt' | 'handedBack'>): number {
  return attempt - handedBack
}

/** `rows` are all attempts of one job, in order. */
function toTimeline(rows: readonly AttemptRow[]): AttemptRecord[] {
  let handedBack = 0
  return rows.map(({ worker, startedAt, endedAt, errorCode, log, ...row }) => {
    const outcome = row.outcome as AttemptOutcome | null
    const number = row.number - handedBack
    if (outcome && !countsAsAttempt(outcome)) handedBack++
    return { number, worker, startedAt, endedAt, outcome, errorCode, ...(log !== null && { log }) }
  })
}

/** Converts a value for a Json column of Prisma: plain data, as the database would return it. */
export function toJson(value: object): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue
}
