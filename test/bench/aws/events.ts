import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import type { EventBus } from '#lib/jobs/bus.ts'
import { openSnsBus } from '#lib/jobs/buses/sns-bus.ts'
import { openFauxqs } from '#test/fauxqs.ts'
import { until } from '#test/until.ts'
import { spreadOf } from './spread.ts'

const [RATE, SECONDS] = [200, 5]
/** The median that is wanted, in milliseconds. */
const WANTED_MS = 20
const log = pino({ level: 'silent' })

/** From the publishing, right after a commit, to the subscribers of two processes. */
export async function measureEvents(): Promise<boolean> {
  const fauxqs = await openFauxqs()
  const open = () => openSnsBus({ ...fauxqs.client, prefix: 'bench', log })
  const [publishing, ...subscribing] = [await open(), await open(), await open()]
  const published = new Map<string, number>()
  const times: number[] = []
  for (const bus of subscribing)
    await bus.subscribe(
      ({ id }) => times.push(performance.now() - (published.get(id) ?? 0)),
      () => {},
    )
  await publishSteadily(publishing as EventBus, published)
  const count = RATE * SECONDS * subscribing.length
  await until('all arrive', () => times.length >= count)
  for (const bus of [publishing as EventBus, ...subscribing]) await bus.close()
  await fauxqs.close()
  const { p50, text } = spreadOf(times)
  console.log(`publish to subscriber through SNS at ${RATE}/s: ${text}; ${times.length} of ${count} arrived`)
  return p50 <= WANTED_MS
}

async function publishSteadily(bus: EventBus, published: Map<string, number>): Promise<void> {
  const began = performance.now()
  while (published.size < RATE * SECONDS) {
    const due = Math.min(((performance.now() - began) / 1000) * RATE, RATE * SECONDS)
    while (published.size < due) {
      const id = randomUUID()
      published.set(id, performance.now())
      bus.publish({ type: 'changed', id, version: 1, state: 'queued' })
    }
    await pause(2)
  }
}
