/**
 * What taking a file costs at the least: Node's http, a pipeline that hashes, one sync; at `/row` also one row in the
 * database, committed. No checks, no name, no job.
 */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'

const [folder = '', connectionString] = process.argv.slice(2)
/** As many connections as the web process has for jobs. */
const pool = new pg.Pool({ connectionString, max: 10 })
await pool.query('CREATE TABLE bare (id serial PRIMARY KEY, path text NOT NULL, sha256 text NOT NULL)')
let count = 0

const http = createServer(async (request, response) => {
  const hash = createHash('sha256')
  const hashing = new Transform({
    transform(chunk, _, next) {
      hash.update(chunk)
      next(null, chunk)
    },
  })
  const path = join(folder, `bare-${count++}`)
  await pipeline(request, hashing, createWriteStream(path, { flush: true }))
  const sha256 = hash.digest('hex')
  if (request.url === '/row/')
    await pool.query('INSERT INTO bare (path, sha256) VALUES ($1, $2)', [path, sha256])
  response.end(sha256)
})
http.listen(0, '127.0.0.1', () => process.send?.((http.address() as AddressInfo).port))
process.once('disconnect', () => process.exit())
