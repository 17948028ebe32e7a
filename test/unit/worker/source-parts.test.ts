import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { openMemoryJobs } from '#lib/backend/memory-jobs.ts'
import { type Jobs, partKey, type SourcePart } from '#lib/jobs.ts'
import { openLog } from '#lib/log.ts'
import { noFlags } from '#lib/scan/flags.ts'
import { openLocalStorage } from '#lib/storage/local.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { until } from '#test/until.ts'
import type { Conversion } from '#worker/engine.ts'
import type { Region } from '#worker/region.ts'
import { runJob } from '#worker/run-job.ts'
import { fonts } from './simple-engines.ts'

const log = openLog('test', { level: 'silent', format: 'json' })

describe('an attempt at a merge', () => {
  let folder: string
  let jobs: Jobs
  let storage: ObjectStore
  let id: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-parts-'))
    jobs = openMemoryJobs({ queueLimit: 10, ownerLimit: 10, historyMs: 1e9 })
    storage = await openLocalStorage(join(folder, 'files'))
    id = randomUUID()
  })
  afterEach(async () => {
    await jobs.close()
    await rm(folder, { recursive: true })
  })

  async function partOf(number: number, about: Partial<SourcePart>): Promise<SourcePart> {
    const key = partKey(id, number)
    const stored = await storage.write(key, Readable.from([`part ${number}`]))
    return {
      key,
      ...stored,
      fileName: `${number}.docx`,
      format: 'docx',
      flags: noFlags(),
      options: {},
      ...about,
    }
  }

  /** Runs the job of these parts; gives what the engine was asked, and the region of the slot. */
  async function run(sources: readonly SourcePart[]) {
    const asked: { conversion?: Conversion; contents?: string[]; region?: Region | undefined } = {}
    await jobs.create({
      ...{ id, batchId: id, owner: 'somebody', fileName: 'merged.pdf', target: 'pdf', options: {} },
      ...{ source: { format: 'pdf', bytes: 1, sha256: '0' }, sources, maxAttempts: 1 },
      expiresAt: new Date(Date.now() + 1e6),
    })
    const engine = {
      name: 'none',
      convert: async (conversion: Conversion) => {
        const { parts = [], directory } = conversion
        asked.conversion = conversion
        asked.contents = await Promise.all(parts.map(({ sourcePath }) => readFile(sourcePath, 'utf8')))
        const path = join(directory, 'merged.pdf')
        await writeFile(path, 'merged')
        return { path, partPaths: parts.map(() => path) }
      },
    }
    const use = async <T>(work: (slot: string) => Promise<T>, request?: { region?: Region }) => {
      asked.region = request?.region
      return work(await mkdtemp(join(folder, 'slot-')))
    }
    const context = {
      ...{ jobs, storage, slots: { use }, engine, fonts, check: async () => 7, log },
      secret: 's'.repeat(32),
    }
    const consumer = await jobs.consume(attempt => runJob(attempt, context), { worker: 'here/1', slots: 1 })
    await until('its end', async () => ['completed', 'failed'].includes((await jobs.get(id))?.state ?? ''))
    await consumer.stop(0)
    return { ...asked, job: await jobs.get(id) }
  }

  it('gives the engine all parts in their order, with what the scan found and their options', async () => {
    const second = { format: 'csv', fileName: 'b.csv', flags: noFlags() }
    const { conversion, contents, job } = await run([
      await partOf(1, { flags: { ...noFlags(), keptFields: true } }),
      await partOf(2, { ...second, options: { paper: 'letter' } }),
    ])
    assert.equal(job?.state, 'completed')
    assert.equal(job?.result?.fileName, 'merged.pdf')
    assert.deepEqual(contents, ['part 1', 'part 2'])
    assert.deepEqual(
      conversion?.parts?.map(({ fileName, format, options, keptFields }) => [
        fileName,
        format,
        options,
        keptFields,
      ]),
      [
        ['1.docx', 'docx', {}, true],
        ['b.csv', 'csv', { paper: 'letter' }, false],
      ],
    )
  })

  it('has the region of the first part that needs one', async () => {
    const german = { format: 'xlsx', flags: { ...noFlags(), language: 'de-DE' } }
    const { region } = await run([await partOf(1, {}), await partOf(2, german)])
    assert.deepEqual(region, { locale: 'de-DE' })
  })

  it('reports the findings of all parts together', async () => {
    const macros = { flags: { ...noFlags(), macros: true } }
    const { job } = await run([await partOf(1, macros), await partOf(2, macros)])
    const found = job?.report?.notes.find(({ code }) => code === 'macros_not_run')
    assert.equal(found?.count, 2)
  })

  it('fails where a part has changed since it arrived', async () => {
    const { job } = await run([await partOf(1, {}), await partOf(2, { sha256: '0' })])
    assert.equal(job?.error?.code, 'source_changed')
  })
})
