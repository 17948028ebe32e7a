import pg from 'pg'

/** Puts rows of jobs into states that no small file brings them into. */
export interface RowEditor {
  /** A column that holds JSON. */
  read(id: string, column: string): Promise<object>
  /** Sets columns; objects become JSON. */
  write(id: string, changes: Readonly<Record<string, unknown>>): Promise<void>
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
    close: () => client.end(),
  }
}
