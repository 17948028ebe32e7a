import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BackEnd, OpenBackEnd, TestBroker } from '#test/back-end.ts'
import { BROKERS } from '#test/back-ends.ts'
import { jobStatusOf, reachState, sendBytes } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { freezeOffices } from '#test/offices.ts'
import { clearAway, makeDataDir, startInstance, type TestInstance } from '#test/test-instance.ts'
import { until } from '#test/until.ts'

/** An outage that no connection, visibility or patience of the product survives. */
const AWAY_MS = 20_000

for (const backEnd of BROKERS)
  describe(`a broker that fails, over ${backEnd.name}`, { skip: backEnd.skip }, () =>
    aBrokerThatFails(backEnd),
  )

function aBrokerThatFails(backEnd: BackEnd): void {
  const dataDir = makeDataDir()
  let opened: OpenBackEnd
  let broker: TestBroker
  let instance: TestInstance
  let file: Buffer

  before(async () => {
    file = await deck({ slides: 1 })
    opened = await backEnd.open({ restarts: true })
    assert.ok(opened.broker)
    broker = opened.broker
    instance = await startInstance({ dataDir, env: { SLOTS: '1', ...opened.env } })
    await instance.ready()
    await until('it is ready', async () => (await fetch(`${instance.url}/readyz`)).ok)
  })
  after(async () => {
    await instance?.end('SIGTERM')
    await clearAway(dataDir)
    await opened.close()
  })

  const send = async (...names: string[]) => {
    const ids: string[] = []
    for (const name of names) ids.push((await sendBytes(instance.url, `${name}.pptx`, file)).id)
    return ids
  }
  /** Waits for the end of jobs, each of which took one attempt, and for an empty queue. */
  const completeAtOnce = async (ids: readonly string[]) => {
    for (const id of ids) {
      await reachState(instance.url, id, 'completed')
      const { timeline } = await jobStatusOf(instance.url, id)
      assert.deepEqual(
        timeline.map(({ outcome }) => outcome),
        ['completed'],
      )
    }
    await until('the queue is empty', async () => (await broker.count()) === 0)
  }

  it('is started again in mid-job: the job and those after it are done once', async t => {
    const goOn = await freezeOffices(instance, 1)
    t.after(goOn)
    const ids = await send('running', 'waiting')
    await reachState(instance.url, ids[0] ?? '', 'running')
    await broker.stop()
    await broker.start()
    goOn()
    await completeAtOnce([...ids, ...(await send('after'))])
  })

  it('is away while jobs are created and another runs: they are accepted, and sent when it is back', async t => {
    const goOn = await freezeOffices(instance, 1)
    t.after(goOn)
    const [running = ''] = await send('running')
    await reachState(instance.url, running, 'running')
    const began = Date.now()
    await broker.stop()
    const ids = await send('one', 'two', 'three')
    goOn()
    await reachState(instance.url, running, 'completed')
    const tries = () => instance.output().split('messages are sent later').length - 1
    await until('maintenance has tried, too', () => Date.now() - began >= AWAY_MS && tries() > ids.length)
    for (const id of ids) assert.equal((await jobStatusOf(instance.url, id)).state, 'queued')
    await broker.start()
    await completeAtOnce([running, ...ids])
  })

  it('brings every message twice: each job is done once', async t => {
    const goOn = await freezeOffices(instance, 1)
    t.after(goOn)
    const ids = await send('one', 'two', 'three', 'four')
    await reachState(instance.url, ids[0] ?? '', 'running')
    await until('the others wait in the queue', async () => (await broker.count()) === ids.length - 1)
    assert.equal(await broker.doubleWaiting(), ids.length - 1)
    goOn()
    await completeAtOnce(ids)
  })

  it('brings what is no message: it is put aside, and nothing waits behind it', async () => {
    await broker.put('this is no JSON')
    await completeAtOnce(await send('after'))
    await until('it is put aside', async () => (await broker.putAside()).includes('this is no JSON'))
  })
}
