/** The text of an error. A refused connection to a name with several addresses is an AggregateError without a message. */
export function reasonOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error
  return first instanceof Error ? first.message : String(first)
}
