import { ERRORS, jobErrorOf } from '#lib/vocabulary/errors.ts'
import { errorLine } from '../messages/error-text.ts'
import type { AdminContext } from './signed-in.ts'

/** The query with which an action leads back to its page. */
export type OutcomeQuery = Readonly<Record<string, string | string[] | undefined>>

/** What the last action did, or why it did nothing. */
export function Outcome({ query, a, texts }: { query: OutcomeQuery } & Pick<AdminContext, 'a' | 'texts'>) {
  const { done, problem } = query
  if (typeof problem === 'string' && Object.hasOwn(ERRORS, problem)) {
    const error = jobErrorOf({ code: problem, details: {}, retryable: false })
    return (
      <p className="outcome" role="alert">
        {errorLine(texts, error)}
      </p>
    )
  }
  if (typeof done !== 'string') return null
  const count = (name: string) => Number(query[name]) || 0
  const counts = { changed: count('changed'), unchanged: count('unchanged'), left: count('left') }
  return (
    <p className="outcome" role="status">
      {query.changed === undefined ? a('jobs.doneOne') : a('jobs.done', counts)}
    </p>
  )
}
