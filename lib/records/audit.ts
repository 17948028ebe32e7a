import type pg from 'pg'
import { answeredWithin } from '../jobs/deadline.ts'
import type { Logger } from '../log.ts'
import { againIfDropped } from '../postgres/again-if-dropped.ts'

/** Plain data: ids, counts, names of settings; never a secret or the name of a file. */
export type AuditDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

/** An action of an operator that is about to be taken. */
export interface AuditedAction {
  /** Whose token it was. */
  role: 'admin' | 'operator'
  /** Where from, as far as proxies are trusted. */
  address: string
  /** What, such as `retry_job`. */
  action: string
  /** On which. */
  about: AuditDetails
}

/** One entry. `outcome` is null while the action is under way, or where the process died during it. */
export interface AuditEntry extends AuditedAction {
  id: string
  at: Date
  outcome: AuditDetails | null
}

/** What operators did; nothing changes or deletes an entry. */
export interface Audit {
  /** Whether `list` has what was recorded. Where not, it is in the log alone. */
  readonly isListed: boolean
  /** Writes the entry, and its outcome once the action has ended. @throws where it cannot be written: nothing is done then */
  audited<T>(action: AuditedAction, act: () => Promise<T>, outcomeOf: (result: T) => AuditDetails): Promise<T>
  /** Newest first. */
  list(page: {
    limit: number
    after?: string | undefined
  }): Promise<{ items: AuditEntry[]; next: string | null }>
}

const BEGIN = 'INSERT INTO audit (role, address, action, about) VALUES ($1, $2, $3, $4) RETURNING id'
const END = 'UPDATE audit SET outcome = $2 WHERE id = $1 AND outcome IS NULL'
const LIST = `
  SELECT id::text, at, role, address, action, about, outcome FROM audit
  WHERE id < $1 ORDER BY audit.id DESC LIMIT $2`
const FROM_NEWEST = '9223372036854775807'

/** In a table of its own and in the log. `deadlineMs` as for `openPostgresJobs`. */
export function openAudit(pool: pg.Pool, { log, deadlineMs }: { log: Logger; deadlineMs?: number }): Audit {
  const ask = answeredWithin(deadlineMs)((statement: string, values: unknown[]) =>
    againIfDropped(() => pool.query<AuditEntry>(statement, values)),
  )
  return {
    isListed: true,
    async audited(action, act, outcomeOf) {
      const { role, address, action: what, about } = action
      const { rows } = await ask(BEGIN, [role, address, what, about])
      return logged(log, action, {
        act,
        outcomeOf,
        onOutcome: async outcome => void (await ask(END, [rows[0]?.id, outcome])),
      })
    },
    async list({ limit, after = FROM_NEWEST }) {
      const { rows } = await ask(LIST, [after, limit + 1])
      const items = rows.slice(0, limit)
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
    },
  }
}

/** In the log alone, of a Nightshift without a database. */
export function auditInLog(log: Logger): Audit {
  return {
    isListed: false,
    audited: (action, act, outcomeOf) => logged(log, action, { act, outcomeOf, onOutcome: async () => {} }),
    list: async () => ({ items: [], next: null }),
  }
}

interface LoggedAct<T> {
  act: () => Promise<T>
  outcomeOf: (result: T) => AuditDetails
  onOutcome: (outcome: AuditDetails) => Promise<void>
}

async function logged<T>(
  log: Logger,
  action: AuditedAction,
  { act, outcomeOf, onOutcome }: LoggedAct<T>,
): Promise<T> {
  log.info({ audit: action }, 'an operator acts')
  const end = async (outcome: AuditDetails) => {
    log.info({ audit: { ...action, outcome } }, 'an operator has acted')
    // What is done is done: its entry then has no outcome.
    await onOutcome(outcome).catch(error => log.warn({ err: error }, 'the outcome is in the log alone'))
  }
  try {
    const result = await act()
    await end(outcomeOf(result))
    return result
  } catch (error) {
    await end({ error: (error as { code?: string }).code ?? 'internal' })
    throw error
  }
}
