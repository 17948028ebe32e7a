import { cachedFor } from '#lib/cached-for.ts'
import type { EndedSession, EndedSessions } from '#lib/records/ended-sessions.ts'

/** So long after a sign-out another process may still take its cookie, in milliseconds. */
const SERVES_MS = 1000

/**
 * Which sessions have ended, read once a second at the most and only while somebody asks. While they cannot be read, those
 * count that are known: an operator can look at what is wrong with the database.
 */
export class EndedLookup {
  readonly #record: EndedSessions
  readonly #known = new Set<string>()
  readonly #read: () => Promise<void>

  constructor(record: EndedSessions) {
    this.#record = record
    this.#read = cachedFor(SERVES_MS, async () => {
      for (const id of await record.list()) this.#known.add(id)
    })
  }

  async has(id: string): Promise<boolean> {
    await this.#read().catch(() => {})
    return this.#known.has(id)
  }

  /** @throws AppError `database_down`; the session goes on then */
  async end(session: EndedSession): Promise<void> {
    await this.#record.end(session)
    this.#known.add(session.id)
  }
}
