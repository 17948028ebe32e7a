import assert from 'node:assert/strict'
import { it } from 'node:test'
import { until } from '#test/until.ts'
import { idsOf, type QueueSuite } from './queue-suite.ts'

const failure = new Error('the handler failed')

/** What ends a message, and what brings it again. */
export function acknowledgingConformance(suite: QueueSuite): void {
  const isEmpty = () => until('none waits', async () => (await suite.waiting()) === 0)

  it('delivers a message again whose handler rejected, as often as it rejects', async () => {
    const [id] = await suite.send({ body: { n: 3 } })
    const receiver = await suite.hold()
    for (const count of [1, 2]) (await suite.arrived(receiver, count))[count - 1]?.end(failure)
    const arrivals = await suite.arrived(receiver, 3)
    arrivals[2]?.end()
    assert.deepEqual(idsOf(receiver), [id, id, id])
    assert.deepEqual(arrivals[2]?.delivery.message.body, { n: 3 })
    await isEmpty()
  })

  it('never delivers a message again that was acknowledged, whatever becomes of its handler', async () => {
    const [id] = await suite.send({})
    const receiver = await suite.hold({ slots: 1 })
    const [first] = await suite.arrived(receiver, 1)
    first?.delivery.acknowledge()
    first?.delivery.acknowledge()
    first?.end(failure)
    const [next] = await suite.send({})
    ;(await suite.arrived(receiver, 2))[1]?.end()
    await receiver.consumer.stop()
    const later = await suite.collect()
    const [last] = await suite.send({})
    await suite.arrived(later, 1)
    await isEmpty()
    assert.deepEqual([...idsOf(receiver), ...idsOf(later)], [id, next, last])
  })

  it('records the acknowledgement while the handler still runs', async () => {
    await suite.send({})
    const receiver = await suite.hold({ slots: 1 })
    const [first] = await suite.arrived(receiver, 1)
    first?.delivery.acknowledge()
    const other = await suite.openAnother()
    const elsewhere = await suite.hold({ queue: other })
    const [next] = await suite.send({})
    await suite.arrived(elsewhere, 1)
    assert.deepEqual(idsOf(elsewhere), [next], 'its slot is taken until its end')
    assert.deepEqual([first?.hasEnded, receiver.arrivals.length], [false, 1])
  })

  it('keeps a slot busy with a failing message no longer than its handler runs', async () => {
    const [bad, good] = await suite.send({}, {})
    let failures = 0
    const receiver = await suite.work(
      async ({ message }) => {
        if (message.id === bad && ++failures < 3) throw failure
      },
      { slots: 1 },
    )
    await until('the other one arrives', () => idsOf(receiver).includes(good ?? ''))
    await until('the failing one succeeds', () => failures === 3)
    await isEmpty()
    assert.equal(idsOf(receiver).filter(id => id === good).length, 1)
  })
}
