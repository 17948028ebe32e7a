/** So many causes of an error are told. */
const MOST_CAUSES = 5

/** What the log says of an error and its causes, each on a line and once, without stacks. */
export function failureLog(error: Error): string {
  const messages = new Set<string>()
  let cause: unknown = error
  for (let n = 0; cause instanceof Error && n < MOST_CAUSES; n++) {
    messages.add(cause.message)
    cause = cause.cause
  }
  return [...messages].join('\n')
}
