/**
 * The archive of a batch against the same bytes as a bare stream, in turns, and what it costs in memory: 200 results of
 * 2 MB, sent to a client in the same process.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, get, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pino } from 'pino'
import { openFiles } from '#lib/backend/files.ts'
import { batchZip } from '#lib/batch-zip.ts'
import { readConfig } from '#lib/config.ts'
import { type Job, resultKey } from '#lib/jobs.ts'
import { newJob } from '#test/integration/lib/jobs/jobs-conformance.ts'

const [RESULTS, BYTES, ROUNDS] = [200, 2_000_000, 9]

const folder = await mkdtemp(join(tmpdir(), 'nightshift-zip-'))
const { storage } = await openFiles(readConfig({ DATA_DIR: folder }), pino({ level: 'silent' }))
const jobs: Job[] = []
for (let n = 0; n < RESULTS; n++) jobs.push(await completedJob())

async function completedJob(): Promise<Job> {
  const id = randomUUID()
  const key = resultKey(id, 1)
  const stored = await storage.write(key, Readable.from([randomBytes(BYTES)]))
  const result = { key, fileName: 'deck.pdf', pages: 1, ...stored }
  const times = { createdAt: new Date(), finishedAt: new Date() }
  return {
    ...newJob({ id }),
    folder: 'Talks',
    state: 'completed',
    result,
    report: null,
    ...times,
  } as unknown as Job
}

async function* bare() {
  for (const { result } of jobs) yield* await storage.read(result?.key ?? '')
}

const ways: Record<string, (response: ServerResponse) => Promise<void>> = {
  '/zip': response => pipeline(batchZip(jobs, storage), response),
  '/bare': response => pipeline(Readable.from(bare(), { objectMode: false }), response),
}
const server = createServer((request, response) => void ways[request.url ?? '']?.(response))
await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
const { port } = server.address() as AddressInfo

async function secondsOf(path: string): Promise<number> {
  const begin = performance.now()
  await new Promise<void>((resolve, reject) =>
    get({ port, path }, answer => void answer.resume().on('end', resolve).on('error', reject)).on(
      'error',
      reject,
    ),
  )
  return (performance.now() - begin) / 1000
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const took: Record<'/zip' | '/bare', number[]> = { '/zip': [], '/bare': [] }
await secondsOf('/bare')
await secondsOf('/zip')
const most = { '/zip': 0, '/bare': 0 }
let now: keyof typeof most = '/bare'
const watch = setInterval(() => {
  most[now] = Math.max(most[now], process.memoryUsage.rss())
}, 5)
for (let n = 0; n < ROUNDS; n++)
  for (const path of ['/zip', '/bare'] as const) {
    now = path
    took[path].push(await secondsOf(path))
  }
clearInterval(watch)
server.close()
await rm(folder, { recursive: true })

const speed = (path: '/zip' | '/bare') => (RESULTS * BYTES) / 1e6 / median(took[path])
console.log(`an archive of ${RESULTS} results    ${speed('/zip').toFixed(0)} MB/s`)
console.log(`the same bytes, bare       ${speed('/bare').toFixed(0)} MB/s`)
console.log(`ratio of medians           ${(speed('/zip') / speed('/bare')).toFixed(2)}`)
console.log(`memory, more than bare     ${((most['/zip'] - most['/bare']) / 1e6).toFixed(0)} MB`)
