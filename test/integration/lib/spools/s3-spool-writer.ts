/** A process of its own that appends to an upload in a bucket without an end: to be killed. */
import { Readable } from 'node:stream'
import { pino } from 'pino'
import { openS3Spool } from '#lib/spools/s3-spool.ts'
import { openS3Storage } from '#lib/storage/s3-storage.ts'

const [settings = '', id = ''] = process.argv.slice(2)
const at = { ...JSON.parse(settings), log: pino({ level: 'silent' }) }
const spool = await openS3Spool({ ...at, storage: await openS3Storage(at) })
await spool.lock(id)
process.stdout.write('held\n')

function* sevens() {
  for (;;) yield Buffer.alloc(64_000, 7)
}
await spool.append(id, Readable.from(sevens()), { offset: 0 })
