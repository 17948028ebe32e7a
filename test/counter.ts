import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pino } from 'pino'
import { createApi } from '#app/api.ts'
import { startLive } from '#app/live.ts'
import { createOwners } from '#app/owner.ts'
import { readConfig } from '#lib/config.ts'
import { openMemoryJobs } from '#lib/jobs/memory.ts'
import { type Attempt, type JobResult, type Jobs, resultKey } from '#lib/jobs.ts'
import { openPresets } from '#lib/records/presets.ts'
import { openLocalStorage } from '#lib/storage/local.ts'
import type { Storage } from '#lib/storage.ts'

export const ADMIN_TOKEN = 'token-of-the-operator'

/** The shop's counter without pages: real HTTP, sockets and storage, jobs in memory. */
export async function openCounter(environment: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-counter-'))
  const config = readConfig({ ...environment, DATA_DIR: folder })
  const log = pino({ level: 'silent' })
  const storage = await openLocalStorage(config.filesDir)
  const jobs = openMemoryJobs({
    queueLimit: config.queueLimit,
    ownerLimit: config.ownerWaiting,
    historyMs: config.historyMs,
  })
  const owners = createOwners('s'.repeat(32), false)
  const presets = openPresets(config.databaseUrl ?? '')
  const api = createApi({
    jobs,
    storage,
    presets,
    config,
    owners,
    adminToken: ADMIN_TOKEN,
    secret: 's'.repeat(32),
    log,
  })
  const http = createServer((request, response) => {
    if (request.url === '/') {
      owners.welcome(request, response)
      return void response.end()
    }
    void api(request, response)
  })
  const live = await startLive(http, { jobs, owners, publicUrl: config.publicUrl, log })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  return {
    url,
    jobs,
    storage,
    folder,
    async close() {
      await live.stop()
      await jobs.close()
      await presets.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Sends a file as a form, as a browser or curl would. */
export async function send(
  url: string,
  file: { name: string; bytes: Buffer },
  options: { fields?: Record<string, string>; headers?: Record<string, string> } = {},
): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of Object.entries(options.fields ?? {})) form.set(name, value)
  form.set('file', new Blob([new Uint8Array(file.bytes)]), file.name)
  return fetch(`${url}/api/jobs`, { method: 'POST', body: form, headers: options.headers })
}

/** Puts bytes where a worker would, and publishes them. */
export async function publish(storage: Storage, attempt: Attempt, bytes: Buffer): Promise<JobResult> {
  const key = resultKey(attempt.job.id, attempt.number)
  const result = {
    key,
    fileName: 'deck.pdf',
    pages: 3,
    ...(await storage.write(key, Readable.from([bytes]))),
  }
  await attempt.completeIfStillMine(result)
  return result
}

/** A crew that gives every job the same bytes. */
export function workWith(jobs: Jobs, storage: Storage, bytes: Buffer) {
  return jobs.work(async attempt => void (await publish(storage, attempt, bytes)), {
    worker: 'test/1',
    slots: 1,
  })
}
