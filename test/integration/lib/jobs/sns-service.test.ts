import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { openSnsClient } from '#lib/aws/sns-client.ts'
import { openSqsClient, type SqsClient } from '#lib/aws/sqs-client.ts'
import type { EventBus } from '#lib/jobs/bus.ts'
import { DEAD_AFTER_MS } from '#lib/jobs/buses/sns-bus/node-reaper.ts'
import { openSnsBus } from '#lib/jobs/buses/sns-bus.ts'
import { type Clock, systemClock } from '#lib/jobs/clock.ts'
import type { JobEvent } from '#lib/jobs.ts'
import { type Fauxqs, openFauxqs } from '#test/fauxqs.ts'
import { until } from '#test/until.ts'

const lines: string[] = []
const log = pino({ level: 'warn' }, { write: line => lines.push(line) })

describe('the SNS bus and its service', () => {
  let fauxqs: Fauxqs
  let sqs: SqsClient

  before(async () => {
    fauxqs = await openFauxqs({ durable: true })
    sqs = await openSqsClient(fauxqs.client)
  })
  after(async () => {
    sqs?.close()
    await fauxqs?.close()
  })

  const nodeQueues = async () =>
    (await sqs.listQueues({ QueueNamePrefix: 'test-events-' })).QueueUrls?.toSorted() ?? []
  const openBus = (clock?: Clock) =>
    openSnsBus({ ...fauxqs.client, prefix: 'test', log, ...(clock && { clock }) })

  /** A bus with its subscriber until the test ends. */
  async function listen(t: { after(end: () => Promise<void>): void }, clock?: Clock) {
    const bus = await openBus(clock)
    const heard = { bus, events: [] as JobEvent[], gaps: 0 }
    t.after(() => bus.close())
    await bus.subscribe(
      event => heard.events.push(event),
      () => heard.gaps++,
    )
    return heard
  }
  const changed = (id: string, version: number): JobEvent => ({
    type: 'changed',
    id,
    version,
    state: 'running',
  })

  it('makes a queue for a process that subscribes, none for one that publishes, and removes it at the end', async () => {
    const [publishing, subscribing] = [await openBus(), await openBus()]
    publishing.publish(changed(randomUUID(), 1))
    await publishing.close()
    assert.deepEqual(await nodeQueues(), [])
    for (let n = 0; n < 2; n++)
      await subscribing.subscribe(
        () => {},
        () => {},
      )
    assert.equal((await nodeQueues()).length, 1)
    await subscribing.close()
    assert.deepEqual(await nodeQueues(), [])
  })

  it('removes the queue of a dead process with its subscription, and no other', async t => {
    const living = await listen(t)
    const [own] = await nodeQueues()
    const hourAgo: Clock = { ...systemClock, now: () => Date.now() - DEAD_AFTER_MS - 60_000 }
    const silent = await listen(t, hourAgo)
    assert.equal((await nodeQueues()).length, 2)
    const later = await listen(t)
    await until('the silent one is removed', async () => (await nodeQueues()).length <= 2)
    assert.ok((await nodeQueues()).includes(own ?? ''))
    const event = changed(randomUUID(), 1)
    living.bus.publish(event)
    for (const { events } of [living, later]) await until('it is heard', () => events.length === 1)
    await until('it made another queue, as it lives after all', () => silent.gaps > 0)
  })

  it('drops what is older than an event that came, and all after the end of a job', async t => {
    const { bus, events } = await listen(t)
    const other = await openBus()
    t.after(() => other.close())
    const [id, last] = [randomUUID(), randomUUID()]
    const gone: JobEvent = { type: 'gone', id, owner: 'o', batchId: randomUUID() }
    const publishing: [EventBus, JobEvent][] = [
      ...([2, 1, 2, 3].map(version => [bus, changed(id, version)]) as [EventBus, JobEvent][]),
      [bus, gone],
    ]
    for (const [from, event] of publishing) from.publish(event)
    await until('it is gone', () => events.some(({ type }) => type === 'gone'))
    other.publish(changed(id, 4))
    other.publish(gone)
    other.publish(changed(last, 1))
    await until('the last one comes', () => events.some(event => event.id === last))
    assert.deepEqual(events, [changed(id, 2), changed(id, 3), gone, changed(last, 1)])
  })

  it('reports a gap after an outage, also where the topic and the queue are lost, and goes on', async t => {
    const [here, there] = [await listen(t), await listen(t)]
    const failures = () => lines.filter(line => line.includes('no events are received')).length
    const before = failures()
    await fauxqs.stop()
    here.bus.publish(changed(randomUUID(), 1))
    await until('both notice it', () => failures() === before + 2)
    await fauxqs.start()
    for (const heard of [here, there]) await until('the gap is reported', () => heard.gaps > 0)
    const gaps = there.gaps
    for (const url of await nodeQueues()) await sqs.deleteQueue(url)
    fauxqs.server().deleteTopic('test-events')
    await until('the next gap is reported', () => here.gaps > 1 && there.gaps > gaps)
    const id = randomUUID()
    let version = 1
    await until('events arrive', () => {
      here.bus.publish(changed(id, version++))
      return [here, there].every(({ events }) => events.some(event => event.id === id))
    })
  })

  it('reports a gap when the process did not run for longer than events are kept', async t => {
    let ahead = 0
    const heard = await listen(t, { ...systemClock, now: () => Date.now() + ahead })
    heard.bus.publish(changed(randomUUID(), 1))
    await until('the first one comes', () => heard.events.length === 1)
    assert.equal(heard.gaps, 0)
    ahead = 60_000
    heard.bus.publish(changed(randomUUID(), 1))
    await until('the gap is reported', () => heard.gaps === 1)
  })

  it('sends as many messages as it must for many long events, in their order', async t => {
    const { bus, events } = await listen(t)
    const long = 'ü'.repeat(20_000)
    const all = Array.from({ length: 6 }, (): JobEvent => {
      return { type: 'gone', id: randomUUID(), owner: long, batchId: randomUUID() }
    })
    for (const event of all) bus.publish(event)
    await until('all come', () => events.length === all.length)
    assert.deepEqual(events, all)
  })

  it('opens while the service is away, and receives when it is there', async t => {
    await fauxqs.stop()
    const heard = await listen(t)
    await fauxqs.start()
    await until('the gap is reported', () => heard.gaps > 0)
    const event = changed(randomUUID(), 1)
    heard.bus.publish(event)
    await until('it comes', () => heard.events.length > 0)
    assert.deepEqual(heard.events, [event])
  })

  it('lets only the topic send into its queue', async t => {
    await listen(t)
    const sns = await openSnsClient(fauxqs.client)
    t.after(async () => sns.close())
    const arn = await sns.createTopic('test-events')
    const [url = ''] = await nodeQueues()
    const { Policy = '{}' } = await sqs.attributesOf(url, ['Policy'])
    const [statement] = JSON.parse(Policy).Statement
    assert.deepEqual(
      [statement.Principal, statement.Action, statement.Condition],
      [{ Service: 'sns.amazonaws.com' }, 'sqs:SendMessage', { ArnEquals: { 'aws:SourceArn': arn } }],
    )
  })
})
