import pg from 'pg'

/** Puts rows into states that no small file brings them into. */
export interface RowEditor {
  /** A column that holds JSON. */
  read(id: string, column: string): Promise<object>
  /** Sets columns; objects become JSON. */
  write(id: string, changes: Readonly<Record<string, unknown>>): Promise<void>
  /** Makes these the last runs of all schedules, each with why it failed. */
  failRuns(errors: Readonly<Record<string, string>>): Promise<void>
  close(): Promise<void>
}

export async function openRowEditor(databaseUrl: string): Promise<RowEditor> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  return {
    async read(id, column) {
      const { rows } = await client.query(`SELECT ${column} AS found FROM jobs WHERE id = $1`, [id])
      return rows[0].found
    },
    async write(id, changes) {
      const columns = Object.keys(changes).map((name, index) => `${name} = $${index + 2}`)
      const sql = `UPDATE jobs SET version = version + 1, ${columns.join(', ')} WHERE id = $1`
      await client.query(sql, [id, ...Object.values(changes)])
    },
    async failRuns(errors) {
      await client.query('DELETE FROM schedule_runs')
      const sql =
        'INSERT INTO schedule_runs (schedule, started_at, took_ms, error) VALUES ($1, now(), 4200, $2)'
      for (const run of Object.entries(errors)) await client.query(sql, run)
    },
    close: () => client.end(),
  }
}
