/**
 * Makes the calls of a web process or of the function that come only with large files and broken uploads, and those of a
 * web process that come after hours or days: in a process of its own, as `seldom-calls.ts web|function`.
 */
import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { openQueueElsewhere } from '#lib/backend/queue-elsewhere.ts'
import { type Backend, openBackend } from '#lib/backend.ts'
import { readConfig } from '#lib/config.ts'
import { sourceKey } from '#lib/job-keys.ts'
import { openLog } from '#lib/log.ts'
import { deleteOrphans, sweepOrphans } from '#lib/maintenance/orphan-sweep.ts'
import { newWebhook } from '#lib/vocabulary/webhook.ts'
import { until } from '#test/until.ts'

/** More than fits into one part. */
const LARGE_BYTES = 20 * 1024 * 1024
const CHUNK = Buffer.alloc(1024 * 1024)
const LONG_AFTER_MS = 100 * 86_400_000

const config = readConfig()
const log = openLog('web', { level: 'silent', format: 'json' })
const backend = await openBackend(config, log)
/** As another process sees it, which has nothing in memory. */
const other = await openBackend(config, log)
await writeLargeFiles(backend)
await endWithWebhook(backend)
if (process.argv[2] === 'web') {
  await finishLargeUpload(backend)
  await sweepOrphans(backend, ids => deleteOrphans(backend, ids))
  await maintainLater(backend)
  await leaveTickets(backend)
  await putBackMessage()
}
await sweepLater(backend)
if (process.argv[2] === 'web') await leaveTickets(backend)
// The process ends by itself, after the calls that nobody waits for: a broken upload is aborted so.
await backend.close()
await other.close()

/** The end of this job is told in vain, by the web process that runs beside. */
async function endWithWebhook({ jobs }: Backend): Promise<void> {
  const { job } = await jobs.create({
    ...{
      id: randomUUID(),
      batchId: randomUUID(),
      owner: 'owner',
      fileName: 'a.odt',
      target: 'pdf',
      options: {},
    },
    ...{ source: { format: 'odt', bytes: 1, sha256: '' }, maxAttempts: 1, expiresAt: new Date() },
    webhook: newWebhook({ url: 'https://webhook.invalid/', of: 'job' }),
  })
  await jobs.cancel(job.id)
}

/** A message whose handler fails. The web process that runs beside may be faster with some. */
async function putBackMessage(): Promise<void> {
  const { queue } = (await openQueueElsewhere(config, log)) ?? {}
  if (!queue) throw new Error('the queue is in the database')
  let failed = false
  const fail = async () => {
    if (failed) return
    failed = true
    throw new Error('delivered again')
  }
  const consumer = await queue.consume('webhook', fail, { slots: 1 })
  await until('a message came back', async () => {
    await queue.send('webhook', [{ id: randomUUID(), body: {} }])
    return failed
  })
  await consumer.stop()
  await queue.close()
}

/** When files and jobs are over their time. */
async function maintainLater({ jobs }: Backend): Promise<void> {
  const later = new Date(Date.now() + LONG_AFTER_MS)
  await jobs.maintain(later)
  await jobs.markFilesDeleted(await jobs.expired(later))
  await jobs.removeOld(later)
}

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

/** What a killed web process leaves in the spool. */
async function leaveTickets({ spool }: Backend): Promise<void> {
  await spool.lock(randomUUID())
  const owner = randomUUID()
  await spool.registerIncoming(owner)
  await until(
    'a file that comes slowly has its ticket',
    async () => (await other.spool.countIncoming(owner)) > 0,
  )
}

/** Opening the spool sweeps what has been left for long; all that is there has been, by this clock. */
async function sweepLater({ spool }: Backend): Promise<void> {
  const { now } = Date
  Date.now = () => now() + LONG_AFTER_MS
  const swept = spool.sweep()
  // It has looked at the clock; requests are signed by the right time.
  Date.now = now
  await swept
}

async function finishLargeUpload({ spool, storage }: Backend): Promise<void> {
  const id = randomUUID()
  const expiresAt = new Date(Date.now() + LONG_AFTER_MS).toISOString()
  await spool.open({ id, owner: 'owner', listed: true, length: LARGE_BYTES, createdAt: expiresAt, expiresAt })
  const lease = await spool.lock(id)
  await spool.append(id, Readable.from(chunks()), { offset: 0 })
  await spool.finish(id)
  await other.spool.find(id)
  lease.release()
  await spool.close(id)
  await storage.delete(sourceKey(id))
}

function* chunks(atEnd = () => {}): Iterable<Buffer> {
  for (let bytes = 0; bytes < LARGE_BYTES; bytes += CHUNK.length) yield CHUNK
  atEnd()
}
