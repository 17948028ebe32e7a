import { readFileSync } from 'node:fs'
import { programAt } from '../bin/needs.js'
import { runProgram } from './start/programs.ts'

/** How long another machine's database may take to answer, in milliseconds. */
const DATABASE_WITHIN_MS = 5000

/** The version of Nightshift, by its package.json. */
export function nightshiftVersion(): string {
  const file = new URL('../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

/** The version that LibreOffice tells, such as `7.4.7.2`; empty where it is not in the system's folders. */
export async function libreOfficeVersion(): Promise<string> {
  const office = programAt('soffice', 'libreoffice')
  if (!office) return ''
  return /\d[\d.]+/.exec(await runProgram(office, ['--version']))?.[0] ?? ''
}

/** The version of the PostgreSQL at this URL. @throws Error where it does not answer */
export async function postgresVersion(connectionString: string): Promise<string> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: DATABASE_WITHIN_MS })
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    return rows[0]?.server_version ?? ''
  } finally {
    await client.end()
  }
}
