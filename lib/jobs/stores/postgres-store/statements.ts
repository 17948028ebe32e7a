import type pg from 'pg'
import type { Completion, Job, JobResult } from '../../../jobs.ts'
import { againIfDropped } from '../../../postgres/again-if-dropped.ts'
import type { AdmissionLimits } from '../../admission.ts'
import type { JobClaim, JobInsert, LeaseToken, Written } from '../../store.ts'
import { JOB_COLUMNS, type JobTableRow, toJob } from './job-table-row.ts'
import { hasRoom, hasRoomToNeed, TURN_AFTER_ALL, turnExpression } from './waiting-jobs.ts'
import { type StoreParts, writtenOf } from './written-row.ts'

// The writes of every job. Each is one raw statement for row and timeline together: through Prisma they took half
// of a short job's time (0.6 of ideal on two slots instead of 0.9). Each has a name, so that a connection plans it once:
// planning the insert takes longer than the insert. `state::text` keeps a plan from the small index of all rows in that
// state, in which dead ones stay while a snapshot is open, instead of the primary key.

const insertAt = (turn: string) => `
  INSERT INTO jobs (id, batch_id, owner, idempotency_key, file_name, source_format, source_bytes, source_sha256,
    source_flags, target, options, sealed, max_attempts, expires_at, message_id, unsent_since,
    needs, retry_of, keep_source, sources, folder, webhook, had_secrets, traceparent,
    queue_number, turn)
  SELECT $1::uuid, $2::uuid, $3, $4, $5, $6, $7::bigint, $8, $9::jsonb, $10, $11::jsonb, $12::text, $13::int,
    $14::timestamptz, $15::uuid, $18::timestamptz, $19::text, $20::uuid, $21::boolean, $22::jsonb, $23, $24::jsonb, $12::text IS NOT NULL, $25,
    CASE WHEN $19::text IS NULL THEN nextval('jobs_queue_number_seq') END, ${turn}
  WHERE ${hasRoom('$16::bigint')} AND ${hasRoom('$17::bigint', 'AND owner = $3')}
    AND ($19::text IS NULL OR ${hasRoomToNeed('$17::bigint', '$3')})
  ON CONFLICT (owner, idempotency_key) DO NOTHING
  RETURNING ${JOB_COLUMNS}`

const INSERT = { name: 'insert job', text: insertAt(turnExpression('$3')) }
const INSERT_LAST = { name: 'insert last job', text: insertAt(TURN_AFTER_ALL) }

const CLAIM = `
  WITH taken AS (
    UPDATE jobs SET state = 'running', attempt = attempt + 1, version = version + 1, worker = $3,
      heartbeat_at = $4, started_at = $4, run_at = NULL, progress = NULL, error = NULL,
      unsent_since = NULL
    WHERE id = $1 AND message_id = $2 AND state::text = 'queued' AND needs IS NULL
    RETURNING *
  ), tried AS (
    INSERT INTO attempts (job_id, number, worker, started_at) SELECT id, attempt, $3, $4 FROM taken
  )
  SELECT ${JOB_COLUMNS} FROM taken`

const COMPLETE = `
  WITH done AS (
    UPDATE jobs SET state = 'completed', sealed = NULL, result = $3, timings = $5, report = $6, version = version + 1,
      finished_at = $4, worker = NULL, heartbeat_at = NULL, progress = NULL,
      webhook_step = webhook_step + 1,
      webhook_unsent_since = CASE WHEN webhook IS NOT NULL THEN $4::timestamptz END
    WHERE id = $1 AND attempt = $2 AND state::text = 'running'
    RETURNING *
  ), closed AS (
    UPDATE attempts SET ended_at = $4, outcome = 'completed'
    FROM done WHERE attempts.job_id = done.id AND attempts.number = done.attempt
  )
  SELECT ${JOB_COLUMNS} FROM done`

const SHOW = `
  UPDATE jobs SET thumbnail_key = $3, version = version + 1
  WHERE id = $1 AND attempt = $2 AND state::text = 'running'
  RETURNING ${JOB_COLUMNS}`

/** A row with the limits under which it may be inserted. */
export type LimitedInsert = JobInsert & AdmissionLimits & { unsentSince: Date | null }

/**
 * Inserts the row unless the queue is full, the owner has too many waiting jobs or already used the idempotency key.
 */
export async function insertIfBelowLimit(
  client: pg.ClientBase,
  job: LimitedInsert,
): Promise<JobTableRow | undefined> {
  const { id, batchId, owner, fileName, source, target, options, messageId } = job
  const {
    flags = null,
    sealed = null,
    needs = null,
    retryOf = null,
    keepSource = true,
    sources,
    folder = '',
    webhook = null,
    traceparent = null,
  } = job
  const about = [fileName, source.format, source.bytes, source.sha256, flags, target, options, sealed]
  const unsentSince = needs === null ? job.unsentSince : null
  const terms = [job.maxAttempts, job.expiresAt, messageId, job.queueLimit, job.ownerLimit, unsentSince]
  // As text: the driver takes an array for one of PostgreSQL's own.
  const parts = sources ? JSON.stringify(sources) : null
  const more = [needs, retryOf, keepSource, parts, folder, webhook, traceparent]
  const values = [id, batchId, owner, job.idempotencyKey ?? null, ...about, ...terms, ...more]
  return (await client.query<JobTableRow>({ ...(job.waitsLast ? INSERT_LAST : INSERT), values })).rows[0]
}

/**
 * Claims the job if this message is the one that it waits for. The claim waits for the disk: if a crash lost it, two
 * attempts would have one number and could overwrite each other. It is not repeated: a claim that was committed when
 * its connection broke would find nothing to claim.
 */
export async function claimIfWaiting(
  { pool }: StoreParts,
  { jobId, messageId, worker }: JobClaim,
): Promise<Job | undefined> {
  const values = [jobId, messageId, worker, new Date()]
  const { rows } = await pool.query<JobTableRow>({ name: 'claim job', text: CLAIM, values })
  return rows[0] && toJob(rows[0])
}

/** Records the picture of the first page; the attempt continues. */
export async function showIfStillLeased(
  { pool }: StoreParts,
  { id, claim }: LeaseToken,
  thumbnailKey: string,
): Promise<Written | undefined> {
  const values = [id, claim, thumbnailKey]
  const { rows } = await againIfDropped(() =>
    pool.query<JobTableRow>({ name: 'show first page', text: SHOW, values }),
  )
  return rows[0] && writtenOf(rows[0])
}

/** Publishes the result; undefined when the job no longer belonged to this attempt. */
export async function completeIfStillLeased(
  { pool }: StoreParts,
  { id, claim }: LeaseToken,
  { result, timings, report }: Completion & { result: JobResult },
): Promise<Written | undefined> {
  const values = [id, claim, result, new Date(), timings ?? null, report ?? null]
  const { rows } = await againIfDropped(() =>
    pool.query<JobTableRow>({ name: 'complete job', text: COMPLETE, values }),
  )
  return rows[0] && writtenOf(rows[0])
}
