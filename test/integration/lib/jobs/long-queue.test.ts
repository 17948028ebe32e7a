import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import { pino } from 'pino'
import { openPostgresJobs } from '#lib/backend/postgres-jobs.ts'
import { createDatabase } from '#test/create-database.ts'
import { newJob } from './jobs-conformance.ts'

const MANY = 1100
const RANKED = 1000

it('a queue beyond what is counted: positions are never too small, and it is full exactly at its limit', async () => {
  const database = await createDatabase({ recorded: false })
  const jobs = await openPostgresJobs({
    ...{ url: database.url, queueLimit: MANY, ownerLimit: MANY, pollSeconds: 1, historyMs: 1e9 },
    log: pino({ level: 'silent' }),
  })
  try {
    const owner = `owner-${randomUUID()}`
    const wanted = Array.from({ length: MANY }, () => newJob({ owner }))
    for (const { job } of await Promise.all(wanted.map(job => jobs.create(job)))) assert.equal(job.attempt, 0)
    const order = [...(await jobs.queuePositions()).keys()]
    const [first, second, ...others] = order
    const last = others.at(-1)
    assert.ok(first && second && last)
    const ahead = async (id: string) => (await jobs.queuePosition(id))?.ahead
    const exact = [...(await jobs.queuePositions())].slice(0, RANKED)
    const told = await jobs.queuePositions(order)
    assert.deepEqual(new Map([...told].filter(([id]) => order.indexOf(id) < RANKED)), new Map(exact))
    for (const id of order.slice(RANKED))
      assert.equal(told.get(id)?.queue.ahead, MANY - 1, 'at the most all others')
    assert.equal((await jobs.stats()).queued, MANY)
    await assert.rejects(jobs.create(newJob({ owner })), { code: 'queue_full' })

    const beyond = order[MANY - 50]
    assert.ok(beyond)
    await jobs.cancel(beyond)
    await jobs.cancel(second)
    assert.equal(await ahead(last), MANY - 1, 'whoever left from between is counted still')
    assert.equal(await ahead(order[RANKED] ?? ''), RANKED - 1, 'but not before one that is counted')
    assert.equal(await ahead(first), 0)
    assert.ok((await jobs.stats()).queued >= MANY - 2)

    for (let free = 0; free < 2; free++) await jobs.create(newJob({ owner }))
    await assert.rejects(jobs.create(newJob({ owner })), { code: 'queue_full' })
    assert.equal((await jobs.queuePositions()).size, MANY)
    await jobs.retry(second, 1)
    assert.equal([...(await jobs.queuePositions()).keys()].at(-1), second, 'another round waits at the end')
  } finally {
    await jobs.close()
    await database.drop()
  }
})
