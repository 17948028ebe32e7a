import pMap from 'p-map'

/** Writes at the same time. */
const WRITES_AT_A_TIME = 16

/** Runs some at a time. Answers keep the order. */
export const eachOf = <A, R>(all: readonly A[], run: (one: A) => Promise<R>): Promise<R[]> =>
  pMap(all, run, { concurrency: WRITES_AT_A_TIME })
