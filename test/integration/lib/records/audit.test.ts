import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import pg from 'pg'
import { pino } from 'pino'
import { type Audit, type AuditedAction, auditInLog, openAudit } from '#lib/records/audit.ts'
import { createDatabase } from '#test/create-database.ts'

const action: AuditedAction = { role: 'admin', address: '192.0.2.1', action: 'retry_job', about: { id: '1' } }

describe('the audit', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>
  let pool: pg.Pool
  let audit: Audit
  const lines: { msg: string }[] = []
  const log = pino({ level: 'info' }, { write: line => void lines.push(JSON.parse(line)) })

  before(async () => {
    database = await createDatabase({ recorded: false })
    pool = new pg.Pool({ connectionString: database.url, max: 2 })
    audit = openAudit(pool, { log })
  })
  after(async () => {
    await pool?.end()
    await database.drop()
  })

  const latest = async () => (await audit.list({ limit: 1 })).items[0]

  it('has an entry before anything is done, and its outcome afterwards', async () => {
    let during: Awaited<ReturnType<typeof latest>>
    const result = await audit.audited(
      action,
      async () => {
        during = await latest()
        return 7
      },
      changed => ({ changed }),
    )
    assert.equal(result, 7)
    assert.equal(during?.outcome, null)
    const { id: _, at, ...entry } = (await latest()) ?? {}
    assert.deepEqual(entry, { ...action, outcome: { changed: 7 } })
    assert.ok(Math.abs(Date.now() - (at?.getTime() ?? 0)) < 60_000)
  })

  it('has the code of what went wrong', async () => {
    const fail = async () => {
      throw Object.assign(new Error('no'), { code: 'job_finished' })
    }
    await assert.rejects(
      audit.audited(action, fail, () => ({})),
      { code: 'job_finished' },
    )
    assert.deepEqual((await latest())?.outcome, { error: 'job_finished' })
  })

  it('changes and deletes no entry, whoever asks', async () => {
    const before = await latest()
    await pool.query('DELETE FROM audit')
    await pool.query(`UPDATE audit SET outcome = '{"changed": 0}', address = 'nowhere'`)
    assert.deepEqual(await latest(), before)
  })

  it('does nothing where the entry cannot be written', async () => {
    const closed = new pg.Pool({ connectionString: database.url })
    await closed.end()
    let isDone = false
    const act = async () => {
      isDone = true
    }
    await assert.rejects(openAudit(closed, { log }).audited(action, act, () => ({})))
    assert.equal(isDone, false)
  })

  it('is listed newest first, page by page', async () => {
    for (const name of Array.from({ length: 12 }, (_, index) => `act_${index + 1}`))
      await audit.audited(
        { ...action, action: name },
        async () => {},
        () => ({}),
      )
    const first = await audit.list({ limit: 2 })
    assert.deepEqual(
      first.items.map(entry => entry.action),
      ['act_12', 'act_11'],
    )
    const second = await audit.list({ limit: 1, after: first.next ?? '' })
    assert.deepEqual(
      second.items.map(entry => entry.action),
      ['act_10'],
    )
    assert.equal((await audit.list({ limit: 50 })).next, null)
  })

  it('is in the log as well, and there alone without a database', async () => {
    const before = lines.length
    const inLog = auditInLog(log)
    await inLog.audited(
      action,
      async () => {},
      () => ({}),
    )
    assert.deepEqual(
      lines.slice(before).map(({ msg }) => msg),
      ['an operator acts', 'an operator has acted'],
    )
    assert.equal(inLog.isListed, false)
    assert.deepEqual(await inLog.list({ limit: 1 }), { items: [], next: null })
  })
})
