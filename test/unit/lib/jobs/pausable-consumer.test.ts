import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { it, type TestContext } from 'node:test'
import { systemClock } from '#lib/jobs/clock.ts'
import { PausableConsumer } from '#lib/jobs/pausable-consumer.ts'
import { MemoryMessages } from '#lib/queues/memory-queue/memory-messages.ts'
import { createMemoryQueue } from '#lib/queues/memory-queue.ts'
import { until } from '#test/until.ts'

it('receives nothing while it is paused, and what waits when it is resumed', async t => {
  const { consumer, messages, send, running } = await open(t, 2)
  consumer.pause()
  await until('it has no consumer', () => messages.consumers.size === 0)
  send(3)
  assert.equal(running.size, 0)
  consumer.resume()
  await until('both slots are taken', () => running.size === 2)
  assert.equal(messages.waiting('convert'), 1)
})

it('may start paused', async t => {
  const { consumer, messages, send, running } = await open(t, 1, true)
  send(1)
  assert.equal(messages.consumers.size, 0)
  consumer.resume()
  await until('it is handled', () => running.size === 1)
})

it('never handles more messages than it has slots, however it is paused while some are handled', async t => {
  const { consumer, send, running, most, finishOne } = await open(t, 2)
  send(6)
  await until('both slots are taken', () => running.size === 2)
  for (let turn = 0; turn < 3; turn++) {
    consumer.pause()
    consumer.resume()
  }
  consumer.pause()
  finishOne()
  await until('one is left', () => running.size === 1)
  consumer.resume()
  await until('its free slot receives beside the other', () => running.size === 2)
  for (let left = 5; left > 0; left--) {
    finishOne()
    await until('the next one came', () => running.size === Math.min(2, left - 1))
  }
  assert.equal(most(), 2)
})

it('stays paused, and waits for what it handles, when it is stopped', async t => {
  const { consumer, send, running, finishOne } = await open(t, 1)
  send(2)
  await until('its slot is taken', () => running.size === 1)
  consumer.pause()
  const stopped = consumer.stop()
  finishOne()
  await stopped
  consumer.resume()
  assert.equal(running.size, 0)
})

async function open(t: TestContext, slots: number, isPaused = false) {
  const messages = new MemoryMessages()
  const queue = createMemoryQueue(messages, systemClock)
  const running = new Set<() => void>()
  let mostRunning = 0
  const handle = () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    running.add(resolve)
    mostRunning = Math.max(mostRunning, running.size)
    return promise.finally(() => running.delete(resolve))
  }
  const consumer = new PausableConsumer(queue, handle, slots)
  await consumer.start(isPaused)
  t.after(async () => {
    const stopped = consumer.stop()
    for (const finish of running) finish()
    await stopped
  })
  return {
    ...{ consumer, messages, running, most: () => mostRunning },
    send: (count: number) =>
      messages.put(
        'convert',
        Array.from({ length: count }, () => ({ id: randomUUID(), body: {} })),
      ),
    finishOne: () => running.values().next().value?.(),
  }
}
