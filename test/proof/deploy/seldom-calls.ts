/**
 * Makes the calls of a web process or worker that come only after hours, or with large files and broken uploads: in a
 * process of its own, as `seldom-calls.ts web|function`.
 */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { type Backend, openBackend } from '#lib/backend.ts'
import { readConfig } from '#lib/config.ts'
import { sourceKey } from '#lib/job-keys.ts'
import { openLog } from '#lib/log.ts'
import { createOrphanSweep } from '#lib/maintenance/orphan-sweep.ts'

/** More than fits into one part. */
const LARGE_BYTES = 20 * 1024 * 1024
const CHUNK = Buffer.alloc(1024 * 1024)
const LONG_AFTER_MS = 100 * 86_400_000

const config = readConfig()
const backend = await openBackend(config, openLog('web', { level: 'silent', format: 'json' }))
await writeLargeFiles(backend)
if (process.argv[2] === 'web') await finishLargeUpload(backend)
await createOrphanSweep(backend)()
// Maintenance after the time of files and jobs.
const { expired } = await backend.jobs.maintain(new Date(Date.now() + LONG_AFTER_MS))
await backend.jobs.markFilesDeleted(expired)
await backend.jobs.maintain(new Date(Date.now() + LONG_AFTER_MS))
await backend.close()
process.exit(0)

/** One whole, and one whose sender or engine breaks off. */
async function writeLargeFiles({ storage }: Backend): Promise<void> {
  const key = sourceKey(randomUUID())
  await storage.write(key, Readable.from(chunks()))
  await storage.size(key)
  await storage.delete(key)
  const stop = new AbortController()
  const broken = Readable.from(chunks(() => stop.abort(new Error('broken off'))))
  await storage.write(sourceKey(randomUUID()), broken, { signal: stop.signal }).catch(() => {})
}

async function finishLargeUpload({ spool, storage }: Backend): Promise<void> {
  const id = randomUUID()
  const expiresAt = new Date(Date.now() + LONG_AFTER_MS).toISOString()
  await spool.open({ id, owner: 'owner', listed: true, length: LARGE_BYTES, createdAt: expiresAt, expiresAt })
  const lease = await spool.lock(id)
  await spool.append(id, Readable.from(chunks()), { offset: 0 })
  await spool.finish(id)
  lease.release()
  await spool.close(id)
  await storage.delete(sourceKey(id))
}

function* chunks(atEnd = () => {}): Iterable<Buffer> {
  for (let bytes = 0; bytes < LARGE_BYTES; bytes += CHUNK.length) yield CHUNK
  atEnd()
}
