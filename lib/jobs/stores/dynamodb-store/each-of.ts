/** Writes at the same time. */
const WRITES_AT_A_TIME = 16

/** Runs some at a time. Answers keep the order. */
export async function eachOf<A, R>(all: readonly A[], run: (one: A) => Promise<R>): Promise<R[]> {
  const answers: R[] = []
  const left = [...all.entries()]
  const runNext = async () => {
    for (let next = left.shift(); next; next = left.shift()) answers[next[0]] = await run(next[1])
  }
  await Promise.all(Array.from({ length: WRITES_AT_A_TIME }, runNext))
  return answers
}
