import type pg from 'pg'
import type { Completion, Job, JobResult, NewJob } from '../../jobs.ts'
import type { AdmissionLimits } from '../admission.ts'
import type { JobDatabase } from './database.ts'
import { JOB_COLUMNS, type JobTableRow, toJob } from './job-table-row.ts'
import type { LeaseToken } from './transitions.ts'
import { waitingAgainst } from './waiting-jobs.ts'

// The three writes that every job passes through. Each is one statement, row and timeline together, and none goes
// through Prisma: else they took half of a short job's time (0.6 of ideal on two slots instead of 0.9).

const INSERT = `
  INSERT INTO jobs (id, batch_id, owner, idempotency_key, file_name, source_format, source_bytes, source_sha256,
    source_flags, target, options, sealed, max_attempts, expires_at, message_id)
  SELECT $1::uuid, $2::uuid, $3, $4, $5, $6, $7::bigint, $8, $9::jsonb, $10, $11::jsonb, $12, $13::int,
    $14::timestamptz, $15::uuid
  WHERE ${waitingAgainst('$16::bigint')} < $16::bigint
    AND ${waitingAgainst('$17::bigint', 'AND owner = $3')} < $17::bigint
  ON CONFLICT (owner, idempotency_key) DO NOTHING
  RETURNING ${JOB_COLUMNS}`

const CLAIM = `
  WITH taken AS (
    UPDATE jobs SET state = 'running', attempt = attempt + 1, version = version + 1, worker = $3,
      heartbeat_at = $4, started_at = $4, run_at = NULL, progress = NULL, error = NULL
    WHERE id = $1 AND message_id = $2 AND state = 'queued'
    RETURNING *
  ), tried AS (
    INSERT INTO attempts (job_id, number, worker, started_at) SELECT id, attempt, $3, $4 FROM taken
  )
  SELECT ${JOB_COLUMNS} FROM taken`

const COMPLETE = `
  WITH done AS (
    UPDATE jobs SET state = 'completed', result = $3, timings = $5, report = $6, version = version + 1,
      finished_at = $4, worker = NULL, heartbeat_at = NULL, progress = NULL
    WHERE id = $1 AND attempt = $2 AND state = 'running'
    RETURNING *
  ), closed AS (
    UPDATE attempts SET ended_at = $4, outcome = 'completed'
    FROM done WHERE attempts.job_id = done.id AND attempts.number = done.attempt
  )
  SELECT ${JOB_COLUMNS} FROM done`

/** The new row, unless the queue is full, the owner has enough waiting or used the idempotency key already. */
export async function insertIfBelowLimit(
  tx: Transaction,
  job: NewJob & AdmissionLimits & { messageId: string },
): Promise<JobTableRow | undefined> {
  const { id, batchId, owner, fileName, source, target, options, messageId } = job
  const { flags = null, sealed = null } = job
  const about = [fileName, source.format, source.bytes, source.sha256, flags, target, options, sealed]
  const terms = [job.maxAttempts, job.expiresAt, messageId, job.queueLimit, job.ownerLimit]
  const values = [id, batchId, owner, job.idempotencyKey ?? null, ...about, ...terms]
  return (await tx.executeSql(INSERT, values)).rows[0]
}

/** A transaction in the form that pg-boss takes. */
interface Transaction {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: JobTableRow[] }>
}

/** Commits what `write` did, or takes all of it back when it throws. */
export async function transaction<T>(pool: pg.Pool, write: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const lost = (error: Error) => {
    broken = error
  }
  client.on('error', lost) // the pool listens to idle connections only
  try {
    await client.query('BEGIN')
    const written = await write({ executeSql: (text, values) => client.query(text, values) })
    await client.query('COMMIT')
    return written
  } catch (error) {
    // A connection that cannot even roll back is not worth keeping; its transaction ends with it.
    await client.query('ROLLBACK').catch(lost)
    throw error
  } finally {
    client.off('error', lost)
    client.release(broken)
  }
}

/**
 * Takes the job if this message is the one it waits for. This waits for the disk: a claim that a crash forgot would
 * let two attempts have one number, and with it the right to each other's writes.
 */
export async function claimIfWaiting(
  db: JobDatabase,
  { jobId, messageId, worker }: { jobId: string; messageId: string; worker: string },
): Promise<Job | undefined> {
  const { rows } = await db.pool.query<JobTableRow>(CLAIM, [jobId, messageId, worker, new Date()])
  return published(db, rows[0])
}

/**
 * Publishes the result. Undefined when the job was no longer this attempt's. The message is not touched: pg-boss
 * completes it when the handler returns, and should that never happen, it finds no job that waits for it.
 */
export async function completeIfStillLeased(
  db: JobDatabase,
  { id, claim }: LeaseToken,
  { result, timings, report }: Completion & { result: JobResult },
): Promise<Job | undefined> {
  const about = [result, new Date(), timings ?? null, report ?? null]
  const { rows } = await db.pool.query<JobTableRow>(COMPLETE, [id, claim, ...about])
  return published(db, rows[0])
}

function published(db: JobDatabase, row: JobTableRow | undefined): Job | undefined {
  if (!row) return undefined
  db.events.publish({ type: 'changed', id: row.id, version: row.version, state: row.state })
  return toJob(row)
}
