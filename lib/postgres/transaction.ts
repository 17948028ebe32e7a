import type pg from 'pg'

/** Commits the writes of `write`, or rolls all of them back when it throws. */
export async function transaction<T>(
  pool: pg.Pool,
  write: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const lost = (error: Error) => {
    broken = error
  }
  client.on('error', lost) // The pool handles errors of idle connections only.
  try {
    await client.query('BEGIN')
    const written = await write(client)
    await client.query('COMMIT')
    return written
  } catch (error) {
    // A connection that cannot roll back is closed, which ends its transaction.
    await client.query('ROLLBACK').catch(lost)
    throw error
  } finally {
    client.off('error', lost)
    client.release(broken)
  }
}
