/** A process of its own that uses the spool of a folder: to be killed, or to meet a full disk. */
import { Readable } from 'node:stream'
import { openLocalSpool } from '#lib/spools/local-spool.ts'
import { openLocalStorage } from '#lib/storage/local.ts'
import type { AppError } from '#lib/vocabulary/errors.ts'

const [role = '', folder = '', id = ''] = process.argv.slice(2)
const spool = await openLocalSpool(folder, await openLocalStorage(folder))

if (role === 'hold') {
  await spool.lock(id)
  await spool.registerIncoming('a')
  process.stdout.write('held\n')
  setInterval(() => undefined, 60_000)
} else {
  const chunks = Array.from({ length: 80 }, () => Buffer.alloc(64_000))
  const append = await spool
    .append(id, Readable.from(chunks), { offset: 0 })
    .then(String, (error: AppError) => error.code)
  const kept = (await spool.size(id)) > 0
  // Room is made by deleting, so that must work now.
  const lease = await spool.lock(id)
  await spool.drop(id)
  lease.release()
  console.log(JSON.stringify({ append, kept, left: await spool.size(id) }))
}
