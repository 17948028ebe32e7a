/** What taking a file costs at the least: Node's http, a pipeline that hashes, one sync. No checks, no name, no job. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const [folder = ''] = process.argv.slice(2)
let count = 0

const http = createServer(async (request, response) => {
  const hash = createHash('sha256')
  const hashing = new Transform({
    transform(chunk, _, next) {
      hash.update(chunk)
      next(null, chunk)
    },
  })
  await pipeline(request, hashing, createWriteStream(join(folder, `bare-${count++}`), { flush: true }))
  response.end(hash.digest('hex'))
})
http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port))
process.once('disconnect', () => process.exit())
