import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import type { Queue } from '#lib/queue.ts'
import { createDatabase, type TestDatabase } from '#test/create-database.ts'
import { until } from '#test/until.ts'
import { openPgBossQueue } from './open-pg-boss-queue.ts'
import { queueConformance } from './queue-conformance.ts'

let database: TestDatabase | undefined

queueConformance('pg-boss', {
  async open({ pollSeconds }) {
    database ??= await createDatabase({ recorded: false })
    return openPgBossQueue(database.url, pollSeconds)
  },
  close: async () => database?.drop(),
  waitsForMinutes: false,
})

it('runs a clock only where there is a schedule, also in a process that only consumes', async t => {
  const { url, drop } = await createDatabase({ recorded: false })
  const opened: Awaited<ReturnType<typeof openPgBossQueue>>[] = []
  t.after(async () => {
    for (const queue of opened) await queue.close()
    await drop()
  })
  const open = async () => {
    const queue = await openPgBossQueue(url, 1)
    opened.push(queue)
    return queue
  }
  const plain = await open()
  await consumeOne(plain)
  assert.deepEqual(
    (await plain.db.boss.getQueues()).map(({ name }) => name).toSorted(),
    ['convert', 'maintain', 'webhook'],
    'a clock would have its own queue',
  )
  const other = await open()
  await other.schedule({ name: 'convert', key: 'k', cron: '0 0 1 1 *', timeZone: 'UTC', body: {} })
  await other.close()
  const pass = async () =>
    (await plain.db.pool.query<{ at: Date | null }>('SELECT cron_on AS at FROM pgboss.version')).rows[0]?.at
  const before = (await pass())?.getTime() ?? 0
  await consumeOne(await open())
  await until('its clock passes', async () => ((await pass())?.getTime() ?? 0) > before)
})

async function consumeOne(queue: Queue): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const consumer = await queue.consume('convert', async () => resolve(), { slots: 1 })
  await queue.send('convert', [{ id: randomUUID(), body: {} }])
  await promise
  await consumer.stop()
}
