/** The largest number of requests in one run. */
const MOST = 100

interface Queued<A, R> {
  asked: A
  resolve(answer: R): void
  reject(error: unknown): void
}

/**
 * Runs a single request at once, and gathers the requests that arrive during a run for the next one. Answers keep the
 * order.
 */
export function batched<A, R>(
  run: (asked: A[]) => Promise<PromiseSettledResult<R>[]>,
): (asked: A) => Promise<R> {
  const waiting: Queued<A, R>[] = []
  let busy = false

  async function runAll(): Promise<void> {
    busy = true
    while (waiting.length > 0) {
      const together = waiting.splice(0, MOST)
      const answers = await run(together.map(({ asked }) => asked)).catch(error => error as Error)
      for (const [index, { resolve, reject }] of together.entries()) {
        const answer = Array.isArray(answers) ? answers[index] : undefined
        if (answer?.status === 'fulfilled') resolve(answer.value)
        else reject(answer ? answer.reason : answers)
      }
    }
    busy = false
  }

  return asked => {
    const { promise, resolve, reject } = Promise.withResolvers<R>()
    waiting.push({ asked, resolve, reject })
    if (!busy) void runAll()
    return promise
  }
}
