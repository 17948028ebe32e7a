import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openMemoryJobs } from '#lib/backend/memory-jobs.ts'
import {
  type Attempt,
  type Consumer,
  type Job,
  type Jobs,
  jobPrefix,
  resultKey,
  sourceKey,
  thumbnailKey,
} from '#lib/jobs.ts'
import { openLog } from '#lib/log.ts'
import { openLocalStorage } from '#lib/storage/local.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { until } from '#test/until.ts'
import type { Conversion } from '#worker/engine.ts'
import { type AttemptContext, runJob } from '#worker/run-job.ts'
import { openScratchDir, openSlots, type Slots } from '#worker/slots.ts'
import { capitals, fonts, hang } from './simple-engines.ts'

const WORKER = 'here/1'
const log = openLog('test', { level: 'silent', format: 'json' })

describe('an attempt', () => {
  let folder: string
  let slots: Slots
  let jobs: Jobs
  let storage: ObjectStore
  let working: Consumer | undefined

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-run-job-'))
    slots = await openSlots(await openScratchDir(join(folder, 'slots')), 1, { adopt: async () => {} })
    jobs = openMemoryJobs({ queueLimit: 10, ownerLimit: 10, historyMs: 1e9 })
    storage = await openLocalStorage(join(folder, 'files'))
  })
  afterEach(async () => {
    await working?.stop(0)
    await jobs.close()
    await rm(folder, { recursive: true })
  })

  async function submit(): Promise<Job> {
    const id = randomUUID()
    const stored = await storage.write(sourceKey(id), Readable.from(['the source']))
    const { job } = await jobs.create({
      id,
      batchId: randomUUID(),
      owner: 'somebody',
      fileName: 'notes.txt',
      source: { format: 'txt', ...stored },
      target: 'pdf',
      options: {},
      maxAttempts: 3,
      expiresAt: new Date(Date.now() + 1e6),
    })
    return job
  }

  interface Parts {
    convert?: (conversion: Conversion) => Promise<{ path: string }>
    check?: AttemptContext['check']
    /** What the attempt is made to be before it is run. */
    changed?: (attempt: Attempt) => Attempt
  }

  async function work({ convert = capitals, check = async () => 7, changed = a => a }: Parts = {}) {
    const engine = { name: 'Capitals 1.0', convert }
    const secret = 's'.repeat(32)
    const context = { jobs, storage, slots, engine, fonts, check, secret, log }
    working = await jobs.consume(attempt => runJob(changed(attempt), context), { worker: WORKER, slots: 1 })
  }

  const state = async (id: string) => (await jobs.get(id))?.state
  const ended = (id: string) =>
    until('the end of the job', async () => {
      const job = await jobs.get(id)
      return job && job.state !== 'queued' && job.state !== 'running' && job
    })
  async function filesOf(id: string): Promise<string[]> {
    const keys: string[] = []
    for await (const key of storage.list(jobPrefix(id))) keys.push(key)
    return keys.sort()
  }

  it('shows the first page while the export still goes on', async () => {
    const { promise: seen, resolve: goOn } = Promise.withResolvers<void>()
    const { id } = await submit()
    await work({
      convert: async conversion => {
        const picture = join(conversion.directory, 'first-page.png')
        await writeFile(picture, 'a picture')
        conversion.onFirstPage?.(Promise.resolve(picture))
        return seen.then(() => capitals(conversion))
      },
    })
    const shown = await until('the picture', async () => (await jobs.get(id))?.thumbnailKey)
    assert.equal(await state(id), 'running')
    assert.equal(await text(await storage.read(shown)), 'a picture')
    goOn()
    const { state: last, thumbnailKey: kept } = await ended(id)
    assert.deepEqual([last, kept], ['completed', thumbnailKey(id, 1)])
  })

  it('completes without a picture that is not stored, not drawn, or not in time', async () => {
    const pictures = [Promise.resolve('nowhere.png'), Promise.resolve(null), new Promise<null>(() => {})]
    await work({
      convert: conversion => {
        conversion.onFirstPage?.(pictures.pop() ?? Promise.resolve('one job too many'))
        return capitals(conversion)
      },
    })
    for (const _ of [...pictures]) {
      const { state: last, thumbnailKey: kept } = await ended((await submit()).id)
      assert.deepEqual([last, kept], ['completed', null])
    }
  })

  it('weighs loading as finished jobs of the format teach, and teaches with its own timings', async () => {
    const shares: (number | undefined)[] = []
    const told = { current: null, total: null, unit: null, percent: null, indeterminate: true }
    await work({
      convert: async conversion => {
        shares.push(conversion.loadShare)
        conversion.onProgress({ phase: 'loading', ...told })
        await wait(100)
        conversion.onProgress({ phase: 'exporting', ...told })
        return capitals(conversion)
      },
    })
    for (let n = 0; n < 6; n++) await ended((await submit()).id)
    assert.equal(new Set(shares.slice(0, 5)).size, 1, 'the prior while too few have finished')
    assert.ok((shares[5] ?? 0) > 0.7 && shares[5] !== shares[0], `learned: ${shares[5]}`)
  })

  it('publishes the result under its own number, with name, size and pages, and a report of what is known', async () => {
    const phases = new Set<string>()
    await jobs.subscribe(
      event => event.type === 'progress' && phases.add(event.progress.phase),
      () => {},
    )
    const { id } = await submit()
    await work()
    const { result, report } = await ended(id)
    assert.equal(result?.key, resultKey(id, 1))
    assert.deepEqual([report?.engine, report?.notes], ['Capitals 1.0', []])
    assert.ok(report && report.seconds.total > 0 && report.seconds.loading === null)
    assert.deepEqual([result?.fileName, result?.bytes, result?.pages], ['notes.pdf', 10, 7])
    assert.equal(await text(await storage.read(resultKey(id, 1))), 'THE SOURCE')
    assert.ok(phases.has('starting'))
  })

  it('leaves an empty slot', async () => {
    const { id } = await submit()
    let directory = ''
    const convert: typeof capitals = conversion => {
      directory = conversion.directory
      return capitals(conversion)
    }
    await work({ convert })
    // The slot is cleared behind the last write; stopping waits for that too.
    await ended(id).then(() => working?.stop(1000))
    assert.deepEqual(await readdir(directory), [])
  })

  it('fails with what the engine says, and without another try where none can help', async () => {
    const { id } = await submit()
    await work({ convert: () => Promise.reject(new AppError('conversion_failed', { log: 'at /a/path' })) })
    const job = await ended(id)
    assert.deepEqual([job.state, job.error?.code, job.attempt], ['failed', 'conversion_failed', 1])
    assert.deepEqual(job.error, { code: 'conversion_failed', details: {}, retryable: false })
  })

  it('fails with a bad result, and keeps none', async () => {
    const { id } = await submit()
    await work({ check: () => Promise.reject(new AppError('bad_result')) })
    const job = await until('the first failure', async () => {
      const now = await jobs.get(id)
      return now?.error && now
    })
    assert.deepEqual([job.state, job.error?.code], ['queued', 'bad_result'])
    assert.deepEqual(await filesOf(id), [sourceKey(id)])
  })

  it('distinguishes a full disk from a defect', async () => {
    for (const [code, expected] of [
      ['ENOSPC', 'storage_full'],
      ['EIO', 'internal'],
    ]) {
      const { id } = await submit()
      await work({ convert: () => Promise.reject(Object.assign(new Error('no'), { code })) })
      await until('a failure', async () => (await jobs.get(id))?.error)
      assert.equal((await jobs.get(id))?.error?.code, expected)
      await working?.stop(0)
    }
  })

  it('says when its source is no longer what arrived, and converts none of it', async () => {
    const { id } = await submit()
    await storage.delete(sourceKey(id))
    await storage.write(sourceKey(id), Readable.from(['the sourcE']))
    let asked = false
    await work({
      convert: conversion => {
        asked = true
        return capitals(conversion)
      },
    })
    const { state, error, attempt } = await ended(id)
    assert.deepEqual([state, error?.code, attempt, asked], ['failed', 'source_changed', 1, false])
  })

  it('says when its source is gone', async () => {
    const { id } = await submit()
    await storage.delete(sourceKey(id))
    await work()
    assert.equal((await ended(id)).error?.code, 'file_not_found')
  })

  it('stops when its job is cancelled, and the slot is free for the next', async () => {
    const first = await submit()
    let hanging = true
    await work({ convert: conversion => (hanging ? hang(conversion) : capitals(conversion)) })
    await until('the job to run', async () => (await state(first.id)) === 'running')
    hanging = false
    await jobs.cancel(first.id)
    const next = await submit()
    assert.equal((await ended(next.id)).state, 'completed')
    assert.equal(await state(first.id), 'cancelled')
    assert.deepEqual(await filesOf(first.id), [sourceKey(first.id)])
  })

  it('hands its job back unharmed when the worker stops', async () => {
    const { id } = await submit()
    await work({ convert: hang })
    await until('the job to run', async () => (await state(id)) === 'running')
    await working?.stop(0)
    const job = await jobs.get(id)
    assert.deepEqual([job?.state, job?.timeline[0]?.outcome, job?.error], ['queued', 'handed_back', null])
  })

  it('that has not heard that its job is lost deletes what it made, and nothing else', async () => {
    const { id } = await submit()
    const deaf = (attempt: Attempt): Attempt =>
      attempt.job.attempt === 1 ? { ...attempt, signal: new AbortController().signal } : attempt
    let slow = true
    await work({
      changed: deaf,
      check: async () => {
        // While this attempt is busy, the job is taken from it.
        if (slow) await jobs.rescue(WORKER)
        slow = false
        return 7
      },
    })
    const job = await ended(id)
    assert.deepEqual([job.state, job.attempt, job.result?.key], ['completed', 2, resultKey(id, 2)])
    assert.deepEqual(await filesOf(id), [resultKey(id, 2), sourceKey(id)])
  })

  it('keeps a published result although the write reported that the job was lost', async () => {
    const { id } = await submit()
    await work({
      // The commit arrived, its answer did not: asked again, the row says “completed already”.
      changed: attempt => ({
        ...attempt,
        completeIfStillMine: async result => !(await attempt.completeIfStillMine(result)),
      }),
    })
    await ended(id)
    await working?.stop(1000)
    assert.deepEqual(await filesOf(id), [resultKey(id, 1), sourceKey(id)])
  })

  it('says its last word again while the database is away', async () => {
    const { id } = await submit()
    let refusals = 0
    await work({
      changed: attempt => ({
        ...attempt,
        completeIfStillMine: async result => {
          if (refusals++ < 2) throw new AppError('database_down')
          return attempt.completeIfStillMine(result)
        },
      }),
    })
    assert.equal((await ended(id)).state, 'completed')
    assert.equal(refusals, 3)
  })
})
