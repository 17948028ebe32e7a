import type { Job, JobResult, NewJob } from '../../jobs.ts'
import type { Database, Tx } from './database.ts'
import { JOB_COLUMNS, type JobRow, toJob } from './row.ts'
import type { Held } from './transitions.ts'

// The three writes that every job passes through. Each is one statement, row and timeline together: as several they
// took half of a short job's time (0.6 of ideal on two slots instead of 0.9).

/** The new row, unless the queue is full or the owner used the idempotency key already. */
export async function insertIfRoom(
  tx: Tx,
  job: NewJob & { messageId: string; queueLimit: number },
): Promise<JobRow | undefined> {
  const { id, batchId, owner, fileName, source, target, maxAttempts, expiresAt, messageId, queueLimit } = job
  const [row] = await tx.$queryRaw<JobRow[]>`
    INSERT INTO jobs (id, batch_id, owner, idempotency_key, file_name, source_format, source_bytes, source_sha256,
      target, max_attempts, expires_at, message_id)
    SELECT ${id}::uuid, ${batchId}::uuid, ${owner}, ${job.idempotencyKey ?? null}, ${fileName}, ${source.format}, ${source.bytes},
      ${source.sha256}, ${target}, ${maxAttempts}, ${expiresAt}, ${messageId}::uuid
    WHERE (SELECT count(*) FROM jobs WHERE state = 'queued') < ${queueLimit}
    ON CONFLICT (owner, idempotency_key) DO NOTHING
    RETURNING ${JOB_COLUMNS}`
  return row
}

/** Takes the job if this message is the one it waits for. */
export async function claimIfWaiting(
  db: Database,
  claim: { jobId: string; messageId: string; worker: string },
): Promise<Job | undefined> {
  const now = new Date()
  const [row] = await db.prisma.$queryRaw<JobRow[]>`
    WITH taken AS (
      UPDATE jobs SET state = 'running', attempt = attempt + 1, version = version + 1, worker = ${claim.worker},
        heartbeat_at = ${now}, started_at = ${now}, run_at = NULL, progress = NULL, error = NULL
      WHERE id = ${claim.jobId}::uuid AND message_id = ${claim.messageId}::uuid AND state = 'queued'
      RETURNING *
    ), tried AS (
      INSERT INTO attempts (job_id, number, worker, started_at) SELECT id, attempt, ${claim.worker}, ${now} FROM taken
    )
    SELECT ${JOB_COLUMNS} FROM taken`
  return told(db, row)
}

/**
 * Publishes the result. Undefined when the job was no longer this attempt's. The message is not touched: pg-boss
 * completes it when the handler returns, and should that never happen, it finds no job that waits for it.
 */
export async function completeIfStillHeld(
  db: Database,
  { id, attempt }: Held,
  result: JobResult,
): Promise<Job | undefined> {
  const now = new Date()
  const [row] = await db.prisma.$queryRaw<JobRow[]>`
    WITH done AS (
      UPDATE jobs SET state = 'completed', result = ${JSON.stringify(result)}::jsonb, version = version + 1,
        finished_at = ${now}, worker = NULL, heartbeat_at = NULL, progress = NULL
      WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'running'
      RETURNING *
    ), closed AS (
      UPDATE attempts SET ended_at = ${now}, outcome = 'completed'
      FROM done WHERE attempts.job_id = done.id AND attempts.number = done.attempt
    )
    SELECT ${JOB_COLUMNS} FROM done`
  return told(db, row)
}

function told(db: Database, row: JobRow | undefined): Job | undefined {
  if (!row) return undefined
  db.notices.publish({ type: 'changed', id: row.id, version: row.version, state: row.state })
  return toJob(row)
}
