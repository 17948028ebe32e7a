import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createDatabase } from '#test/create-database.ts'
import { deleteUpload } from '#test/tus.ts'
import { startWeb } from '#test/web.ts'

const GENEROUS = {
  MAX_UPLOAD_MB: '10000',
  QUEUE_LIMIT: '1000000',
  OWNER_WAITING: '1000000',
  OWNER_UPLOADS: '1000000',
}
/** As the launcher starts it. */
const FLAGS = ['--max-semi-space-size=2']

/**
 * The real web process and a bare server beside it, writing to the same disk. `server`: the web process of another clone.
 */
export async function openEndpoints(server?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-intake-'))
  const bareFolder = join(folder, 'bare')
  await mkdir(bareFolder)
  const database = await createDatabase({ recorded: false })
  const sql = new pg.Client({ connectionString: database.url })
  await sql.connect()
  const process = { env: GENEROUS, flags: FLAGS, ...(server !== undefined && { server }) }
  const web = await startWeb({ dataDir: folder, databaseUrl: database.url, ...process })
  const bare = fork(join(import.meta.dirname, 'bare.ts'), [bareFolder, database.url])
  const [port] = await once(bare, 'message')

  return {
    folder,
    webUrl: web.url,
    bareUrl: `http://127.0.0.1:${port}`,
    /** Forgets all that was sent, so that every turn begins alike. */
    async clear(): Promise<void> {
      for (const id of await readdir(join(folder, 'files', 'uploads')).catch(() => []))
        await deleteUpload(web.url, id)
      await sql.query('TRUNCATE bare; TRUNCATE jobs CASCADE; DELETE FROM pgboss.job')
      await rm(join(folder, 'files', 'jobs'), { recursive: true, force: true })
      for (const name of await readdir(bareFolder)) await rm(join(bareFolder, name))
    },
    /** How much the web process's memory grows at the most while `action` runs, and where it peaks, in bytes. */
    async peakDuring(action: () => Promise<void>): Promise<number> {
      await writeFile(`/proc/${web.pid}/clear_refs`, '5')
      await action()
      const status = await readFile(`/proc/${web.pid}/status`, 'utf8')
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024
    },
    async close(): Promise<void> {
      bare.disconnect()
      await web.end()
      await sql.end()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
