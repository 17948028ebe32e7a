import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import type { Delivery } from '#lib/queue.ts'
import { until } from '#test/until.ts'
import { idsOf, type QueueSuite } from './queue-suite.ts'

const COUNT = 3

/** The queue of maintenance beside that of jobs. */
export function maintenanceConformance(suite: QueueSuite): void {
  it('keeps maintenance apart from jobs, and where it can handles one message of it at a time over all consumers', async t => {
    const arrived: string[] = []
    const ends: (() => void)[] = []
    const counts = { running: 0, most: 0 }
    async function handle({ message }: Delivery): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>()
      arrived.push(message.id)
      ends.push(resolve)
      counts.most = Math.max(counts.most, ++counts.running)
      await promise
      counts.running--
    }
    const jobs = await suite.collect()
    const consumers = [
      await suite.queue.consume('maintain', handle, { slots: 1 }),
      await (await suite.openAnother()).consume('maintain', handle, { slots: 1 }),
    ]
    t.after(async () => {
      for (const end of ends) end()
      await Promise.all(consumers.map(consumer => consumer.stop()))
    })
    const ids = Array.from({ length: COUNT }, () => randomUUID())
    await suite.queue.send(
      'maintain',
      ids.map(id => ({ id, body: {} })),
    )
    for (let count = 1; count <= COUNT; count++) {
      await until(`message ${count} arrives`, () => arrived.length >= count)
      // While it is handled, others have the time in which a job's message arrives.
      const [id = ''] = await suite.send({})
      await until('a job arrives', () => idsOf(jobs).includes(id))
      ends[count - 1]?.()
    }
    await until('all are handled', () => counts.running === 0)
    assert.deepEqual(arrived.toSorted(), ids.toSorted())
    assert.equal(idsOf(jobs).length, COUNT, 'none of them came as a job')
    if (suite.maintains !== 'by slots') assert.equal(counts.most, 1)
  })
}
