import pg from 'pg'
import { EVENT_CHANNEL } from '#lib/jobs/buses/postgres-bus/event-publisher.ts'
import type { JobEvent } from '#lib/jobs.ts'
import type { JobState, Progress, StoredError } from '#lib/vocabulary/job.ts'
import { LifeChecker, type LifeRow } from '../life-checker.ts'

/**
 * Every write of a job's row, both sides of it, in the order in which they were made; but no mere signs of life, no
 * taking of the mark of an unsent message, and no other message for a waiting job.
 */
const RECORD = `
  CREATE SCHEMA IF NOT EXISTS job_life;
  CREATE TABLE IF NOT EXISTS job_life.writes (number bigserial PRIMARY KEY, before jsonb, after jsonb);
  CREATE OR REPLACE FUNCTION job_life.record() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NOT (
      NEW.state = 'running' AND to_jsonb(OLD) - 'heartbeat_at' = to_jsonb(NEW) - 'heartbeat_at'
      OR OLD.unsent_since IS NOT NULL AND to_jsonb(OLD) || '{"unsent_since": null}' = to_jsonb(NEW)
      OR OLD.webhook_unsent_since IS NOT NULL AND to_jsonb(OLD) || '{"webhook_unsent_since": null}' = to_jsonb(NEW)
      OR NEW.state = 'queued' AND NEW.unsent_since IS NOT NULL
        AND to_jsonb(OLD) - ARRAY['message_id', 'unsent_since'] = to_jsonb(NEW) - ARRAY['message_id', 'unsent_since']
    ) THEN
      INSERT INTO job_life.writes (before, after) VALUES (to_jsonb(OLD), to_jsonb(NEW));
    END IF;
    RETURN NULL;
  END $$;
  CREATE OR REPLACE TRIGGER job_life AFTER UPDATE ON jobs FOR EACH ROW EXECUTE FUNCTION job_life.record()`

const PATIENCE_MS = 10_000

export interface DatabaseRecording {
  /** Ends the recording and gives what writes and events have against the model of a job's life. */
  stop(): Promise<string[]>
}

/** From now on the database records what is written to the rows of jobs; again, as after a restart, it goes on. */
export async function recordDatabase(databaseUrl: string): Promise<DatabaseRecording> {
  await withClient(databaseUrl, client => client.query(RECORD))
  const events: JobEvent[] = []
  const listener = clientOf(databaseUrl)
  listener.on('notification', ({ payload = '' }) => events.push(JSON.parse(payload) as JobEvent))
  await listener.connect()
  await listener.query(`LISTEN ${EVENT_CHANNEL}`)
  ;(listener as pg.Client & { unref(): void }).unref() // a test that never stops the recording still ends
  return {
    async stop() {
      const life = new LifeChecker()
      for (const { before, after } of await writesOf(databaseUrl)) life.write(rowOf(before), rowOf(after))
      // Brings what was published just now; a test may have cut the connection, and with it later events.
      await listener.query('SELECT 1').catch(() => {})
      await listener.end().catch(() => {})
      for (const event of events) life.event(event)
      return life.problems()
    },
  }
}

async function writesOf(databaseUrl: string): Promise<{ before: Columns; after: Columns }[]> {
  const select = 'SELECT before, after FROM job_life.writes ORDER BY number'
  return (await withClient(databaseUrl, client => client.query<{ before: Columns; after: Columns }>(select)))
    .rows
}

function clientOf(connectionString: string): pg.Client {
  const patience = { connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS }
  const client = new pg.Client({ connectionString, ...patience })
  // A query that is under way tells it too; and the tests cut connections.
  return client.on('error', () => {})
}

async function withClient<T>(connectionString: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = clientOf(connectionString)
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
  needs: LifeRow['needs']
  result: LifeRow['result']
  error: StoredError | null
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
    needs: columns.needs,
    progress,
    error,
    result: columns.files_deleted_at === null ? columns.result : null,
    runAt: at(columns.run_at),
    startedAt: at(columns.started_at),
    finishedAt: at(columns.finished_at),
  }
}
