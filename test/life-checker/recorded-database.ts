import pg from 'pg'
import type { JobError, JobState, Progress } from '#lib/vocabulary/job.ts'
import { LifeChecker, type LifeRow } from '../life-checker.ts'

/** Every write of a job's row but mere proofs of life, both sides of it, in the order in which they were made. */
const RECORD = `
  CREATE SCHEMA IF NOT EXISTS job_life;
  CREATE TABLE IF NOT EXISTS job_life.writes (number bigserial PRIMARY KEY, before jsonb, after jsonb);
  CREATE OR REPLACE FUNCTION job_life.record() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.state <> 'running' OR to_jsonb(OLD) - 'heartbeat_at' <> to_jsonb(NEW) - 'heartbeat_at' THEN
      INSERT INTO job_life.writes (before, after) VALUES (to_jsonb(OLD), to_jsonb(NEW));
    END IF;
    RETURN NULL;
  END $$;
  CREATE OR REPLACE TRIGGER job_life AFTER UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION job_life.record()`

/** Where the database does not answer, a test has taken it away: then nothing is read. */
const PATIENCE_MS = 10_000

/** From now on this database records what is written to the rows of jobs; again does no harm. */
export function recordWrites(databaseUrl: string): Promise<void> {
  return withClient(databaseUrl, async client => void (await client.query(RECORD)))
}

/** What the recorded writes have against the model of a job's life. */
export function problemsOfWrites(databaseUrl: string): Promise<string[]> {
  return withClient(databaseUrl, async client => {
    const { rows } = await client.query<{ before: Columns; after: Columns }>(
      'SELECT before, after FROM job_life.writes ORDER BY number',
    )
    const life = new LifeChecker()
    for (const { before, after } of rows) life.write(rowOf(before), rowOf(after))
    return life.problems()
  })
}

async function withClient<T>(connectionString: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  })
  client.on('error', () => {}) // told by the query that it breaks
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** A row as JSON, by the names of its columns. */
interface Columns {
  id: string
  state: JobState
  version: number
  attempt: number
  handed_back: number
  max_attempts: number
  progress: Progress | null
  result: LifeRow['result']
  error: JobError | null
  run_at: string | null
  started_at: string | null
  finished_at: string | null
  files_deleted_at: string | null
}

function rowOf(columns: Columns): LifeRow {
  const { id, state, version, attempt: claims, max_attempts: maxAttempts, progress, error } = columns
  const at = (time: string | null) => (time === null ? null : new Date(time))
  return {
    id,
    state,
    version,
    claims,
    attempt: claims - columns.handed_back,
    maxAttempts,
    progress,
    error,
    result: columns.files_deleted_at === null ? columns.result : null,
    runAt: at(columns.run_at),
    startedAt: at(columns.started_at),
    finishedAt: at(columns.finished_at),
  }
}
