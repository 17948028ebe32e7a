import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import type { AdmissionLimits } from '#lib/jobs/admission.ts'
import type { JobInsert } from '#lib/jobs/store.ts'
import { until } from '#test/until.ts'
import { result } from '../jobs-conformance/suite.ts'
import { MANY, type StoreSuite } from './store-suite.ts'

const FLAGS = {
  ...{ damagedParts: 1, recalculate: false, macros: true, oleObjects: 0, hiddenSlides: 1, media: 3 },
  ...{ externalLinks: { count: 2, schemes: ['http'] }, embeddedFiles: 4 },
}

const PART = {
  ...{ key: 'jobs/1/part-1', fileName: 'a.docx', format: 'docx', bytes: 7, sha256: 'a'.repeat(64) },
  ...{ flags: FLAGS, options: { paper: 'a4' } },
}

/** Which rows are inserted, and which are not. */
export function insertsConformance(suite: StoreSuite): void {
  const insertAll = (rows: JobInsert[], limits: AdmissionLimits) =>
    Promise.all(rows.map(row => suite.store.insertIfBelowLimit(row, limits)))

  it('inserts a row that holds all it was given', async () => {
    const insert = suite.newInsert({
      ...{ fileName: 'Übung “1”.xlsx', source: { format: 'xlsx', bytes: 2 ** 40, sha256: 'e'.repeat(64) } },
      ...{ options: { pages: '1-3', quality: 80, tagged: true }, sealed: 'sealed', flags: FLAGS },
      ...{
        maxAttempts: 7,
        idempotencyKey: 'a key',
        retryOf: randomUUID(),
        traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
        keepSource: false,
        folder: 'Talks/2026',
        sources: [PART],
      },
    })
    const written = await suite.store.insertIfBelowLimit(insert, MANY)
    assert.ok(written)
    suite.checkUnsent(written, insert.messageId)
    const { messageId: _, idempotencyKey: __, ...given } = insert
    const job = await suite.read(insert.id)
    assert.deepEqual(
      { ...job, createdAt: null, queuedAt: null },
      {
        ...given,
        ...{ state: 'queued', version: 1, attempt: 0, claims: 0, timeline: [], runAt: null },
        ...{ createdAt: null, queuedAt: null },
        ...{ progress: null, result: null, report: null, error: null, thumbnailKey: null },
        ...{ startedAt: null, finishedAt: null, needs: null, receipt: null, webhook: null },
      },
    )
    assert.deepEqual({ ...written.job, timeline: [] }, job)
  })

  it('throws for an id that is there already, and leaves that row alone', async () => {
    const { job } = await suite.insert()
    await assert.rejects(suite.store.insertIfBelowLimit(suite.newInsert({ id: job.id, fileName: 'x' }), MANY))
    assert.equal((await suite.read(job.id)).fileName, job.fileName)
  })

  it('inserts no second row for an owner’s idempotency key, also at the same moment', async () => {
    const [owner, idempotencyKey] = [`owner-${randomUUID()}`, 'once']
    const rows = Array.from({ length: 5 }, () => suite.newInsert({ owner, idempotencyKey }))
    const written = (await insertAll(rows, MANY)).flatMap(written => written ?? [])
    assert.equal(written.length, 1)
    assert.equal((await suite.store.findByKey(owner, idempotencyKey))?.id, written[0]?.job.id)
    assert.deepEqual(await suite.store.existing(rows.map(({ id }) => id)), new Set([written[0]?.job.id]))
    await suite.insert({ idempotencyKey })
    assert.equal(await suite.store.findByKey(owner, 'another'), undefined)
    assert.equal(await suite.store.findByKey('somebody', idempotencyKey), undefined)
  })

  it('lets one owner have as many waiting jobs as the limit says, and the queue too', async () => {
    const owner = `owner-${randomUUID()}`
    const limits = { queueLimit: 5, ownerLimit: 3 }
    for (const isIn of [true, true, true, false]) {
      const written = await suite.store.insertIfBelowLimit(suite.newInsert({ owner }), limits)
      assert.equal(written !== undefined, isIn)
    }
    for (const isIn of [true, true, false]) {
      const written = await suite.store.insertIfBelowLimit(suite.newInsert(), limits)
      assert.equal(written !== undefined, isIn)
    }
  })

  it('keeps the limits when many are inserted at the same moment', async () => {
    const owner = `owner-${randomUUID()}`
    const rows = (fields: Partial<JobInsert>) => Array.from({ length: 12 }, () => suite.newInsert(fields))
    const ofOne = await insertAll(rows({ owner }), { ...MANY, ownerLimit: 4 })
    assert.equal(ofOne.filter(Boolean).length, 4)
    const ofMany = await insertAll(rows({}), { ...MANY, queueLimit: 9 })
    assert.equal(ofMany.filter(Boolean).length, 5)
  })

  it('knows the load against the limits: who waits counts, who runs or has ended does not', async () => {
    const owner = `owner-${randomUUID()}`
    const { token, job } = await suite.lease({ owner })
    await suite.insert({ owner })
    const cancelled = await suite.insert({ owner })
    await suite.store.cancelIfNotEnded(cancelled.job.id)
    await suite.insert()
    const load = async (limits: AdmissionLimits) => {
      const { waiting, own } = await suite.store.load(owner, limits)
      return [waiting >= limits.queueLimit, own >= limits.ownerLimit]
    }
    assert.deepEqual(await load({ queueLimit: 2, ownerLimit: 1 }), [true, true])
    assert.deepEqual(await load({ queueLimit: 3, ownerLimit: 2 }), [false, false])
    assert.equal((await suite.store.load(`owner-${randomUUID()}`, MANY)).own, 0)
    const messageId = randomUUID()
    await suite.wrote(job, await suite.store.handBackIfStillLeased(token, messageId), messageId)
    assert.deepEqual(await load({ queueLimit: 3, ownerLimit: 2 }), [true, true], 'it waits again')
  })

  it('measures the throughput by the jobs that have just ended', async () => {
    const { token } = await suite.lease()
    await suite.store.completeIfStillLeased(token, { result: result({ job: token, claim: token.claim }) })
    const limits = { queueLimit: 0, ownerLimit: 0 }
    await until('it is measured', async () => (await suite.store.load('x', limits)).perSecond > 0)
  })
}
