import type pg from 'pg'
import { answeredWithin } from '../jobs/deadline.ts'
import { againIfDropped } from '../postgres/again-if-dropped.ts'

/** A session that was ended before it would have expired. */
export interface EndedSession {
  /** A UUID. */
  id: string
  expiresAt: Date
}

export interface EndedSessions {
  end(session: EndedSession): Promise<void>
  /** The ids of those that would not have expired yet. */
  list(): Promise<string[]>
}

const END = 'INSERT INTO ended_sessions (id, expires_at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING'
const FORGET = 'DELETE FROM ended_sessions WHERE expires_at <= $1'
const LIST = 'SELECT id FROM ended_sessions WHERE expires_at > $1'

/** Over the connections of the jobs; the database must be migrated. `deadlineMs` as for `openPostgresJobs`. */
export function openEndedSessions(pool: pg.Pool, deadlineMs?: number): EndedSessions {
  const ask = answeredWithin(deadlineMs)((statement: string, values: unknown[]) =>
    againIfDropped(() => pool.query<{ id: string }>(statement, values)),
  )
  return {
    async end({ id, expiresAt }) {
      await ask(END, [id, expiresAt])
      await ask(FORGET, [new Date()])
    },
    list: async () => (await ask(LIST, [new Date()])).rows.map(({ id }) => id),
  }
}

/** The same in the memory of this process, for what has no database. */
export function openMemoryEndedSessions(): EndedSessions {
  const ended = new Map<string, Date>()
  return {
    end: async ({ id, expiresAt }) => void ended.set(id, expiresAt),
    list: async () =>
      [...ended].filter(([, expiresAt]) => expiresAt.getTime() > Date.now()).map(([id]) => id),
  }
}
