import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import type { JobFilter } from '#lib/vocabulary/job-filter.ts'
import type { StoreSuite } from './store-suite.ts'

/** What a store finds for operators; one without a search has nothing to prove. */
export function searchConformance(suite: StoreSuite): void {
  const store = () => suite.store
  const add = async (fields: Parameters<StoreSuite['insert']>[0]) => (await suite.insert(fields)).job
  /** All pages, of two jobs each. */
  async function found(filter: JobFilter): Promise<string[]> {
    const ids: string[] = []
    let after: string | undefined
    do {
      const page = await store().search?.find({ filter, limit: 2, after })
      ids.push(...(page?.items ?? []).map(({ id }) => id))
      after = page?.next ?? undefined
    } while (after)
    return ids
  }

  it('finds jobs by each of their fields, newest first, page by page, and by several at once', async t => {
    if (!store().search) return t.skip('this store finds jobs by their ids only')
    const owner = `searched-${randomUUID()}`
    const source = { format: 'docx', bytes: 3, sha256: randomUUID().replaceAll('-', '').repeat(2) }
    const jobs = [
      await add({ owner, fileName: 'Annual “report” 100 %.docx', source }),
      await add({ owner, fileName: 'annual budget.docx', source }),
      await add({ owner, fileName: 'letter.docx' }),
      await add({ owner: `${owner}-2`, fileName: 'annual report.docx', source }),
    ]
    const ids = jobs.map(({ id }) => id)
    const [first = '', second = '', third = '', other = ''] = ids
    assert.deepEqual((await found({ owner })).sort(), [first, second, third].sort())
    assert.deepEqual((await found({ sha256: source.sha256 })).sort(), [first, second, other].sort())
    assert.deepEqual(await found({ owner, name: 'ANNUAL' }), [first, second])
    assert.deepEqual(await found({ owner, name: 'annual “REPORT” 100 %' }), [first])
    assert.deepEqual(await found({ owner, name: 'annual_' }), [])
    assert.deepEqual(await found({ id: third.slice(0, 13) }), [third])
    assert.deepEqual(await found({ id: third.replaceAll('-', '').slice(0, 10) }), [third])
    assert.deepEqual(await found({ batchId: jobs[2]?.batchId ?? '' }), [third])
    assert.deepEqual(await found({ owner, state: 'running' }), [])
    await store().cancelIfNotEnded(second)
    assert.deepEqual(await found({ owner, state: 'cancelled' }), [second])
    assert.deepEqual(await found({ state: 'cancelled', sha256: source.sha256 }), [second])
    const later = new Date(Date.now() + 60_000)
    assert.deepEqual(await found({ owner, from: later }), [])
    assert.equal((await found({ owner, to: later })).length, 3)
    assert.equal((await found({ owner, name: 'annual', to: later, from: new Date(0) })).length, 2)
    const listed = await store().search?.findByIds([first, randomUUID()])
    assert.deepEqual(
      listed?.map(({ id, fileName }) => [id, fileName]),
      [[first, jobs[0]?.fileName]],
    )
  })

  it('finds failed jobs by the code of their error, dead letters among them, and counts states', async t => {
    if (!store().search) return t.skip('this store finds jobs by their ids only')
    const owner = `failed-${randomUUID()}`
    for (const [code, retryable] of [
      ['stalled', true],
      ['stalled', false],
      ['bad_result', true],
    ] as const) {
      const { token } = await suite.lease({ owner })
      await store().failIfStillLeased(token, { outcome: 'failed', error: { code, details: {}, retryable } })
    }
    const before = await store().search?.countStates()
    assert.equal((await found({ owner, errorCode: 'stalled' })).length, 2)
    assert.equal((await found({ owner, dead: true })).length, 2)
    assert.equal((await found({ errorCode: 'bad_result', owner, dead: true, state: 'failed' })).length, 1)
    await add({ owner })
    const after = await store().search?.countStates()
    assert.equal((after?.queued ?? 0) - (before?.queued ?? 0), 1)
    assert.equal(after?.failed, before?.failed)
  })

  it('begins anew with a cursor that it did not give', async t => {
    if (!store().search) return t.skip('this store finds jobs by their ids only')
    const { id, owner } = await add({ owner: randomUUID() })
    const page = await store().search?.find({ filter: { owner }, limit: 2, after: 'bm8gY3Vyc29y' })
    assert.deepEqual(
      page?.items.map(item => item.id),
      [id],
    )
  })
}
