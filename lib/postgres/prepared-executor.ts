import { createHash } from 'node:crypto'
import type pg from 'pg'

const names = new Map<string, string>()

/**
 * A connection or pool in the form in which pg-boss takes it for its statements. Each has a name, so that a connection
 * plans it once: planning one of pg-boss's takes several times as long as carrying it out.
 */
export const preparedExecutor = (queryable: Pick<pg.ClientBase, 'query'> | pg.Pool) => ({
  executeSql: (text: string, values?: unknown[]) =>
    queryable.query({ name: nameOf(text), text, ...(values && { values }) }),
})

/** pg-boss makes its texts of the names and options of queues, so there are few. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `pg-boss ${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
  names.set(text, name)
  return name
}
