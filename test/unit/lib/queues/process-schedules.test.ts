import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import type { QueueMessage, Schedule } from '#lib/queue.ts'
import { ProcessSchedules } from '#lib/queues/process-schedules.ts'
import { SimulatedTime } from '#test/schedules/simulated-time.ts'

const MINUTE_MS = 60_000
const SCHEDULE: Schedule = {
  ...{ name: 'convert', key: 'sweep', cron: '* * * * *', timeZone: 'UTC', body: { n: 1 } },
}

describe('schedules that processes keep', () => {
  it('send one id for each schedule and time, whichever process sends', async () => {
    const time = new SimulatedTime()
    const sent: [process: number, id: string][] = []
    const processes = [0, 1].map(
      process =>
        new ProcessSchedules(
          async (_, messages) =>
            void sent.push(...messages.map(({ id }) => [process, id] as [number, string])),
          time.process(),
        ),
    )
    for (const schedules of processes) schedules.set(SCHEDULE)
    processes[0]?.set({ ...SCHEDULE, key: 'other' })
    await time.advance(2 * MINUTE_MS)
    for (const schedules of processes) schedules.stop()
    await time.advance(2 * MINUTE_MS)
    const idsOf = (process: number) => sent.filter(([from]) => from === process).map(([, id]) => id)
    assert.equal(new Set(idsOf(0)).size, 4)
    assert.equal(idsOf(1).length, 2)
    assert.ok(idsOf(1).every(id => idsOf(0).includes(id)))
    for (const [, id] of sent) assert.ok(z.uuid().safeParse(id).success, id)
  })

  it('send a message again while the queue is away, until the next one is due or the schedule is removed', async () => {
    const time = new SimulatedTime()
    const came: QueueMessage[] = []
    let [isAway, tries] = [true, 0]
    const schedules = new ProcessSchedules(async (_, messages) => {
      tries++
      if (isAway) throw new Error('the queue is away')
      came.push(...messages)
    }, time.process())
    schedules.set(SCHEDULE)
    await time.advance(1.5 * MINUTE_MS)
    assert.ok(tries > 2)
    isAway = false
    await time.advance(0.4 * MINUTE_MS)
    assert.equal(came.length, 1)
    isAway = true
    await time.advance(0.3 * MINUTE_MS)
    schedules.remove('convert', 'sweep')
    isAway = false
    await time.advance(3 * MINUTE_MS)
    assert.equal(came.length, 1)
  })
})
