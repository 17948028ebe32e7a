import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, afterEach, before, describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import type { EventBus } from '#lib/jobs/bus.ts'
import type { JobEvent } from '#lib/jobs.ts'
import { until } from '#test/until.ts'
import { exporting } from './jobs-conformance/suite.ts'

export interface OpenBuses {
  /** The bus as one more process opens it: all publish to each other. */
  open(): Promise<EventBus>
  close?(): Promise<void>
}

/** What every implementation of EventBus must keep. */
export function busConformance(name: string, implementation: OpenBuses): void {
  describe(`${name} keeps the contract of EventBus`, () => {
    const endings: (() => Promise<void>)[] = []
    let here: EventBus
    let there: EventBus
    before(async () => {
      here = await implementation.open()
      there = await implementation.open()
    })
    afterEach(async () => {
      for (const end of endings.splice(0)) await end()
    })
    after(async () => {
      await here?.close()
      await there?.close()
      await implementation.close?.()
    })

    async function subscribe(bus: EventBus) {
      const events: JobEvent[] = []
      const subscription = await bus.subscribe(
        event => events.push(event),
        () => {},
      )
      endings.push(() => subscription.stop())
      return { events, stop: () => subscription.stop() }
    }
    const arrived = (events: JobEvent[], last: JobEvent) =>
      until(`the last event of ${last.id}`, () => events.some(event => isDeepStrictEqual(event, last)))

    it('publishes every kind of event to the subscribers of all processes', async () => {
      const own = await subscribe(here)
      const others = [await subscribe(there), await subscribe(there)]
      const id = randomUUID()
      const all: JobEvent[] = [
        { type: 'changed', id, version: 1, state: 'queued' },
        { type: 'progress', id, version: 2, tick: 1, progress: exporting(10) },
        { type: 'gone', id, owner: 'Zoë “1”', batchId: randomUUID() },
      ]
      for (const event of all) here.publish(event)
      for (const { events } of [own, ...others]) {
        await until('all arrive', () => events.length >= all.length)
        assert.deepEqual(sorted(events), sorted(all))
      }
    })

    it('delivers the changes of every job, each once and in their order', async () => {
      const { events } = await subscribe(there)
      const ids = [randomUUID(), randomUUID(), randomUUID()]
      const changes = Array.from({ length: 40 }, (_, n) => n + 1)
      for (const version of changes)
        for (const id of ids) here.publish({ type: 'changed', id, version, state: 'running' })
      await until('all arrive', () => events.length >= ids.length * changes.length)
      for (const id of ids)
        assert.deepEqual(
          events.flatMap(event => (event.id === id && event.type === 'changed' ? [event.version] : [])),
          changes,
        )
    })

    it('delivers the last tick of many, and those that come in their order', async () => {
      const { events } = await subscribe(there)
      const ids = [randomUUID(), randomUUID()]
      const tick = (id: string, tick: number): JobEvent => {
        return { type: 'progress', id, version: 2, tick, progress: exporting(tick) }
      }
      for (let n = 1; n <= 100; n++) for (const id of ids) here.publish(tick(id, n))
      for (const id of ids) {
        await arrived(events, tick(id, 100))
        const ticks = events.flatMap(event =>
          event.id === id && event.type === 'progress' ? [event.tick] : [],
        )
        assert.deepEqual(
          ticks,
          [...new Set(ticks)].toSorted((a, b) => a - b),
        )
      }
    })

    it('carries what two processes publish at the same moment', async () => {
      const { events } = await subscribe(here)
      const [one, other] = [randomUUID(), randomUUID()]
      for (let version = 1; version <= 20; version++) {
        here.publish({ type: 'changed', id: one, version, state: 'running' })
        there.publish({ type: 'changed', id: other, version, state: 'running' })
      }
      await until('all arrive', () => events.length >= 40)
      assert.equal(new Set(events.map(event => JSON.stringify(event))).size, 40)
    })

    it('publishes what is left when it closes, and leaves other processes alone', async () => {
      const { events } = await subscribe(there)
      const leaving = await implementation.open()
      const last = await subscribe(leaving)
      await last.stop()
      const id = randomUUID()
      for (let version = 1; version <= 50; version++)
        leaving.publish({ type: 'changed', id, version, state: 'running' })
      leaving.publish({ type: 'progress', id, version: 50, tick: 1, progress: exporting(1) })
      await leaving.close()
      await until('all arrive', () => events.length >= 51)
      here.publish({ type: 'changed', id, version: 51, state: 'completed' })
      await arrived(events, { type: 'changed', id, version: 51, state: 'completed' })
    })

    it('calls nobody back after the end of a subscription', async () => {
      const stopped = await subscribe(there)
      const { events } = await subscribe(there)
      const id = randomUUID()
      here.publish({ type: 'changed', id, version: 1, state: 'queued' })
      await until('it is heard', () => stopped.events.length === 1)
      here.publish({ type: 'changed', id, version: 2, state: 'running' })
      await stopped.stop()
      const heard = stopped.events.length
      const last: JobEvent = { type: 'changed', id, version: 3, state: 'completed' }
      here.publish(last)
      await arrived(events, last)
      assert.equal(stopped.events.length, heard)
      await stopped.stop()
    })
  })
}

const sorted = (events: JobEvent[]) => events.toSorted((a, b) => a.type.localeCompare(b.type))
