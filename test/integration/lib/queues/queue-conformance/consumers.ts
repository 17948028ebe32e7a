import assert from 'node:assert/strict'
import { it } from 'node:test'
import { until } from '#test/until.ts'
import { type Arrival, idsOf, type QueueSuite, type Receiver } from './queue-suite.ts'

/** Longer than a test waits for anything. */
const NEVER_S = 3600

/** Who gets a message, how many at the same time, and until when. */
export function consumersConformance(suite: QueueSuite): void {
  const running = ({ arrivals }: Receiver) => arrivals.filter(({ hasEnded }) => !hasEnded)

  it('delivers no more messages at a time than there are slots, and the next one at an end', async () => {
    const ids = await suite.send({}, {}, {}, {}, {})
    const receiver = await suite.hold({ slots: 2 })
    for (let count = 2; count <= ids.length; count++) {
      await suite.arrived(receiver, count)
      running(receiver)[0]?.end()
    }
    assert.equal(receiver.most, 2)
    assert.deepEqual(idsOf(receiver).toSorted(), ids.toSorted())
  })

  it('gives a group no more slots than it may have over all consumers, and others the rest, or refuses', async () => {
    if (!suite.groups) {
      await assert.rejects(suite.hold({ slots: 3, groupSlots: 1 }), /group/)
      return
    }
    const group = 'crowd'
    const crowd = await suite.send({ group }, { group }, { group }, { group })
    const [other, none] = await suite.send({ group: 'another' }, {})
    const [here, there] = [
      await suite.hold({ slots: 3, groupSlots: 1 }),
      await suite.hold({ slots: 3, groupSlots: 1, queue: await suite.openAnother() }),
    ]
    const all = () => [...here.arrivals, ...there.arrivals]
    const ofCrowd = () => all().filter(({ delivery }) => crowd.includes(delivery.message.id))
    await until('those of others arrive', () => {
      const ids = [...idsOf(here), ...idsOf(there)]
      return ids.includes(other ?? '') && ids.includes(none ?? '') && ofCrowd().length === 1
    })
    const acknowledged = new Set<Arrival>()
    for (let count = 1; count <= crowd.length; count++) {
      await until(`${count} of the group arrive`, () => ofCrowd().length >= count)
      assert.equal(ofCrowd().length - acknowledged.size, 1)
      const [last] = ofCrowd().filter(arrival => !acknowledged.has(arrival))
      // Acknowledging is enough: the handler goes on.
      acknowledged.add(last as Arrival)
      last?.delivery.acknowledge()
      if (count % 2 === 0) for (const arrival of ofCrowd()) arrival.end()
    }
    assert.equal(all().length, crowd.length + 2)
  })

  it('frees the place of a message in its group when its handler resolves', async () => {
    if (!suite.groups) return
    const ids = await suite.send({ group: 'line' }, { group: 'line' }, { group: 'line' })
    const receiver = await suite.collect({ slots: 2, groupSlots: 1 })
    await suite.arrived(receiver, ids.length)
    assert.deepEqual(idsOf(receiver).toSorted(), ids.toSorted())
  })

  it('waits for running handlers when it stops, and receives no more', async () => {
    const [first, second] = await suite.send({}, {})
    const receiver = await suite.hold({ slots: 2 })
    await suite.arrived(receiver, 2)
    let hasStopped = false
    const stopping = receiver.consumer.stop().then(() => {
      hasStopped = true
    })
    receiver.arrivals[0]?.end()
    const other = await suite.collect({ queue: await suite.openAnother() })
    const more = await suite.send({}, {}, {})
    await suite.arrived(other, 3)
    assert.equal(hasStopped, false, 'one handler still runs')
    receiver.arrivals[1]?.end()
    await stopping
    assert.deepEqual(idsOf(receiver).toSorted(), [first, second].toSorted())
    assert.deepEqual(idsOf(other).toSorted(), more.toSorted())
  })

  it('has recorded every acknowledgement when it has stopped, and can stop twice', async () => {
    const queue = await suite.openAnother()
    const ids = await suite.send({}, {}, {})
    const receiver = await suite.work(async ({ acknowledge }) => acknowledge(), { slots: 1, queue })
    await suite.arrived(receiver, 3)
    await receiver.consumer.stop()
    await receiver.consumer.stop()
    await queue.close()
    const later = await suite.collect()
    const [next] = await suite.send({})
    await suite.arrived(later, 1)
    await until('none waits', async () => (await suite.waiting()) === 0)
    assert.deepEqual([...idsOf(receiver).toSorted(), ...idsOf(later)], [...ids.toSorted(), next])
  })

  it('looks at once when it is woken, or needs no waking', async () => {
    const queue = await suite.openAnother(NEVER_S)
    const receiver = await suite.collect({ queue })
    for (const count of [1, 2, 3]) {
      await suite.send({})
      await until('it arrives', () => {
        receiver.consumer.wake()
        return receiver.arrivals.length >= count
      })
    }
    assert.equal(new Set(idsOf(receiver)).size, 3)
  })

  it('shares messages among consumers of several processes, none of them twice', async () => {
    const other = await suite.openAnother()
    const gotOne = new Set<string>()
    // The first messages are held until each has one: a quick consumer could take all before the other has looked.
    const holdAt = (process: string) => async () => {
      gotOne.add(process)
      await until('each has one', () => gotOne.size === 2)
    }
    const here = await suite.work(holdAt('here'), { slots: 2 })
    const there = await suite.work(holdAt('there'), { slots: 2, queue: other })
    const sent = await Promise.all(Array.from({ length: 20 }, () => suite.send({}, {})))
    await until('all arrive', () => here.arrivals.length + there.arrivals.length >= 40)
    await until('none waits', async () => (await suite.waiting()) === 0)
    assert.deepEqual([...idsOf(here), ...idsOf(there)].toSorted(), sent.flat().toSorted())
  })
}
