import { AppError } from '../vocabulary/errors.ts'

type Ask<A extends unknown[], R> = (...asked: A) => Promise<R>

/**
 * Gives `ask` a deadline of `ms` milliseconds; undefined means none. The statement itself continues: cut off inside a
 * transaction, its connection would return to the pool with the transaction open.
 * @throws AppError `database_down` when the deadline has passed
 */
export function answeredWithin(ms: number | undefined) {
  return <A extends unknown[], R>(ask: Ask<A, R>): Ask<A, R> => {
    if (ms === undefined) return ask
    return async (...asked) => {
      const { promise: passed, reject } = Promise.withResolvers<never>()
      const log = `no answer from the database within ${ms} ms`
      const timer = setTimeout(() => reject(new AppError('database_down', { log })), ms)
      try {
        return await Promise.race([ask(...asked), passed])
      } finally {
        clearTimeout(timer)
      }
    }
  }
}
