import { AppError } from '../../../vocabulary/errors.ts'

/** What the service answers when it is busy; the SDK has tried several times by then. */
const BUSY = new Set([
  'ThrottlingException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'LimitExceededException',
])
/** What the SDK throws when no answer came, besides errors of the system with a `code`. */
const UNANSWERED = new Set(['TimeoutError', 'AbortError'])

const nameOf = (error: unknown) => (error instanceof Error ? error.name : '')

export function isConditionFailed(error: unknown): boolean {
  return nameOf(error) === 'ConditionalCheckFailedException'
}

export function isTableMissing(error: unknown): boolean {
  return nameOf(error) === 'ResourceNotFoundException'
}

/** Whether the table was created by another process in the meantime. */
export function isTableInUse(error: unknown): boolean {
  return nameOf(error) === 'ResourceInUseException'
}

/** Whether the service cannot be reached or is busy, so that a later try may succeed. */
export function isAway(error: unknown): boolean {
  const { $fault, code } = error as { $fault?: string; code?: unknown }
  const name = nameOf(error)
  return $fault === 'server' || typeof code === 'string' || BUSY.has(name) || UNANSWERED.has(name)
}

/** The error for callers: `database_down` where the service is away. */
export function errorFor(error: unknown): unknown {
  return isAway(error) ? new AppError('database_down', { cause: error, log: String(error) }) : error
}
