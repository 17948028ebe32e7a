import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { it } from 'node:test'
import { openMemoryJobs } from '#lib/backend/memory-jobs.ts'
import { sourceKey } from '#lib/jobs.ts'
import { openLog } from '#lib/log.ts'
import { openLocalStorage } from '#lib/storage/local.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { until } from '#test/until.ts'
import { runJob } from '#worker/run-job.ts'
import { openScratchDir, openSlots } from '#worker/slots.ts'
import { capitals, fonts } from './simple-engines.ts'

it('a worker deletes a source that is not to be kept when its job is completed, not when it failed', async t => {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-unwanted-source-'))
  t.after(() => rm(folder, { recursive: true }))
  const slots = await openSlots(await openScratchDir(join(folder, 'slots')), 1, { adopt: async () => {} })
  const jobs = openMemoryJobs({ queueLimit: 10, ownerLimit: 10, historyMs: 1e9 })
  const storage = await openLocalStorage(join(folder, 'files'))
  let convert: typeof capitals = () => Promise.reject(new AppError('conversion_failed'))
  const working = await jobs.consume(
    attempt =>
      runJob(attempt, {
        ...{ jobs, storage, slots, fonts, secret: 's'.repeat(32), check: async () => 1 },
        engine: { name: 'Capitals 1.0', convert: conversion => convert(conversion) },
        log: openLog('test', { level: 'silent', format: 'json' }),
      }),
    { worker: 'here/1', slots: 1 },
  )
  t.after(async () => {
    await working.stop(0)
    await jobs.close()
  })

  async function submit(keepSource: boolean): Promise<string> {
    const id = randomUUID()
    const stored = await storage.write(sourceKey(id), Readable.from(['the source']))
    await jobs.create({
      ...{ id, keepSource, batchId: randomUUID(), owner: 'somebody', fileName: 'notes.txt' },
      ...{ source: { format: 'txt', ...stored }, target: 'pdf', options: {}, maxAttempts: 1 },
      expiresAt: new Date(Date.now() + 1e6),
    })
    return id
  }
  const is = (id: string, state: string) =>
    until(`a job is ${state}`, async () => (await jobs.get(id))?.state === state)

  const unwanted = await submit(false)
  await is(unwanted, 'failed')
  assert.ok(await storage.size(sourceKey(unwanted)), 'another try needs it')
  convert = capitals
  await jobs.retry(unwanted, 1)
  const wanted = await submit(true)
  for (const id of [unwanted, wanted]) await is(id, 'completed')
  await until('the source is gone', async () => (await storage.size(sourceKey(unwanted))) === undefined)
  const { result } = (await jobs.get(unwanted)) ?? {}
  assert.ok(result && (await storage.size(result.key)))
  assert.ok(await storage.size(sourceKey(wanted)))
})
