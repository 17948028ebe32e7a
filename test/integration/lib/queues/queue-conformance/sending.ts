import assert from 'node:assert/strict'
import { it } from 'node:test'
import { until } from '#test/until.ts'
import { idsOf, type QueueSuite } from './queue-suite.ts'

const fifty = Array.from({ length: 50 }, (_, n) => ({ body: { n } }))

/** What is sent, and what becomes of it before it is delivered. */
export function sendingConformance(suite: QueueSuite): void {
  it('delivers every message once, with its id and its body', async () => {
    const body = { jobId: 'Übung “1”', number: 1.5, yes: true, nothing: null }
    const [first, ...more] = await suite.send({ body }, ...fifty)
    const receiver = await suite.collect({ slots: 4 })
    const arrivals = await suite.arrived(receiver, 51)
    await until('none waits', async () => (await suite.waiting()) === 0)
    assert.deepEqual(idsOf(receiver).toSorted(), [first, ...more].toSorted())
    const { message } = arrivals.find(({ delivery }) => delivery.message.id === first)?.delivery ?? {}
    assert.deepEqual(message?.body, body)
  })

  it('takes no message at all, and the same message again', async () => {
    await suite.queue.send('convert', [])
    const [id = ''] = await suite.send({ body: { n: 1 } })
    await suite.queue.send('convert', [{ id, body: { n: 1 } }])
    const receiver = await suite.collect()
    await suite.arrived(receiver, 1)
    await until('none waits', async () => (await suite.waiting()) === 0)
    assert.deepEqual(new Set(idsOf(receiver)), new Set([id]))
  })

  it('keeps the order of sending where it says so', async () => {
    const sent = [...(await suite.send(...fifty)), ...(await suite.send({}, {}))]
    const receiver = await suite.collect({ slots: 1 })
    await suite.arrived(receiver, sent.length)
    const [wanted, got] = [sent, idsOf(receiver)]
    if (suite.queue.keepsOrder) assert.deepEqual(got, wanted)
    else assert.deepEqual(got.toSorted(), wanted.toSorted())
  })

  it('delivers no message before its time, and lets none wait behind one whose time has not come', async () => {
    const runAt = new Date(suite.now() + 2000)
    const [late, past, next] = await suite.send({ runAt }, { runAt: new Date(0) }, { runAt: null })
    const receiver = await suite.collect()
    const arrivals = await suite.arrived(receiver, 3)
    assert.deepEqual(new Set(idsOf(receiver).slice(0, 2)), new Set([past, next]))
    assert.equal(arrivals[2]?.delivery.message.id, late)
    assert.ok(arrivals[2] && arrivals[2].at >= runAt.getTime(), 'it came at its time or later')
  })

  it('delivers those of a higher priority first where it keeps an order', async () => {
    const [low, none, high, alike] = await suite.send(
      { priority: -1 },
      {},
      { priority: 5, body: { n: 1 } },
      { priority: 5, body: { n: 2 } },
    )
    const receiver = await suite.collect({ slots: 1 })
    await suite.arrived(receiver, 4)
    if (suite.queue.keepsOrder) assert.deepEqual(idsOf(receiver), [high, alike, none, low])
    else assert.equal(new Set(idsOf(receiver)).size, 4)
  })

  it('counts the messages that wait, or says that it estimates them', async () => {
    const { waiting, exact } = await suite.queue.depth('convert')
    assert.ok(!exact || waiting === 0)
    await suite.send({}, {}, { runAt: new Date(suite.now() + 1000) })
    if (exact) assert.deepEqual(await suite.queue.depth('convert'), { waiting: 3, exact: true })
    const receiver = await suite.hold({ slots: 1 })
    await suite.arrived(receiver, 1)
    if (exact) assert.equal(await suite.waiting(), 2, 'a delivered message waits no more')
    receiver.arrivals[0]?.end()
    for (const count of [2, 3]) (await suite.arrived(receiver, count))[count - 1]?.end()
    await until('none waits', async () => (await suite.waiting()) === 0)
  })

  it('removes a discarded message that waits, where it can, and no other', async () => {
    const [first = '', second = '', third] = await suite.send({}, {}, {})
    await suite.queue.discard('convert', [first])
    await suite.queue.discard('convert', [second, '00000000-0000-4000-8000-000000000000'])
    await suite.queue.discard('convert', [])
    const receiver = await suite.collect()
    await until('the other arrives', () => idsOf(receiver).includes(third ?? ''))
    await until('none waits', async () => (await suite.waiting()) === 0)
    if (suite.discards) assert.deepEqual(idsOf(receiver), [third])
  })

  it('finds nothing wrong with discarding a message that is being handled or gone', async () => {
    const [id = ''] = await suite.send({})
    const receiver = await suite.hold()
    await suite.arrived(receiver, 1)
    await suite.queue.discard('convert', [id])
    receiver.arrivals[0]?.end()
    await suite.send({})
    await suite.arrived(receiver, 2)
    await suite.queue.discard('convert', [id])
    assert.equal(idsOf(receiver).filter(arrived => arrived === id).length, 1)
  })

  it('keeps messages when the process that sent them closes', async () => {
    const other = await suite.openAnother()
    const id = crypto.randomUUID()
    await other.send('convert', [{ id, body: { n: 7 }, group: 'g' }])
    await other.close()
    const receiver = await suite.collect()
    const [arrival] = await suite.arrived(receiver, 1)
    assert.deepEqual([arrival?.delivery.message.id, arrival?.delivery.message.body], [id, { n: 7 }])
  })
}
