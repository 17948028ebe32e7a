import { readdir, readFile } from 'node:fs/promises'

/** The folder of the schema and its migrations. */
export const PRISMA = new URL('../../prisma/', import.meta.url)
export const MIGRATIONS = new URL('migrations/', PRISMA)

export interface Migration {
  /** The name of its folder, which begins with a time. */
  name: string
  sql: string
}

/** The migrations of this version, oldest first. */
export async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true })
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
  return Promise.all(
    names.sort().map(async name => ({
      name,
      sql: await readFile(new URL(`${name}/migration.sql`, MIGRATIONS), 'utf8'),
    })),
  )
}
