import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it } from 'node:test'
import { until } from '#test/until.ts'
import { idsOf, type QueueSuite } from './queue-suite.ts'

/** The queue of webhooks beside that of jobs. */
export function webhookQueueConformance(suite: QueueSuite): void {
  it('keeps messages of webhooks apart from those of jobs, and for their time', async t => {
    const jobs = await suite.collect()
    const arrived = new Map<string, number>()
    const handle = async ({ message: { id } }: { message: { id: string } }) =>
      void arrived.set(id, suite.now())
    const consumer = await suite.queue.consume('webhook', handle, { slots: 2 })
    t.after(() => consumer.stop())
    const [now, later] = [randomUUID(), randomUUID()]
    const runAt = new Date(suite.now() + 1_000)
    const sender = await suite.openAnother()
    await sender.send('webhook', [
      { id: later, body: { jobId: later, step: 2 }, runAt },
      { id: now, body: { jobId: now, step: 1 } },
    ])
    const [job = ''] = await suite.send({})
    await until('both arrive, and the job', () => arrived.size === 2 && idsOf(jobs).includes(job))
    // Where a look comes late, it finds both at once, in any order.
    assert.deepEqual([...arrived.keys()].sort(), [now, later].sort())
    assert.ok((arrived.get(later) ?? 0) >= runAt.getTime())
    assert.deepEqual(idsOf(jobs), [job], 'none of them came as a job')
  })
}
