import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Schedule } from '#lib/queue.ts'
import { until } from '#test/until.ts'
import type { QueueSuite, Receiver } from './queue-suite.ts'

/** An hour that differs from that of the system and from UTC by a part of an hour. */
const ZONE = 'Asia/Kathmandu'
/** A test may wait for a full minute and for a queue that looks at its schedules twice a minute. */
const MINUTES_MS = 150_000

function schedulesOf(suite: QueueSuite) {
  return {
    schedule: (key: string, fields: Partial<Schedule> = {}) =>
      suite.queue.schedule({
        ...{ name: 'convert', key, cron: '* * * * *', timeZone: 'UTC', body: { key } },
        ...fields,
      }),
    unschedule: (key: string) => suite.queue.unschedule('convert', key),
  }
}

/** What can be said of schedules at once. */
export function schedulesConformance(suite: QueueSuite): void {
  const { schedule, unschedule } = schedulesOf(suite)

  it('refuses a schedule or a time zone that cannot be read, and keeps the one that was there', async () => {
    for (const cron of ['', 'every day', '61 * * * *', '* * *', '* * * * * * *', '0 0 31 2 *'])
      await assert.rejects(schedule('broken', { cron }), Error, `the cron expression “${cron}”`)
    for (const timeZone of ['Europe/Atlantis', 'neither', ''])
      await assert.rejects(schedule('broken', { timeZone }), Error, `the time zone “${timeZone}”`)
    await unschedule('broken')
    await unschedule('never there')
  })
}

/** Messages that are sent by the clock, each at its minute. */
export function minutesConformance(suite: QueueSuite): void {
  const { schedule, unschedule } = schedulesOf(suite)
  const keysOf = ({ arrivals }: Receiver) => arrivals.map(({ delivery }) => delivery.message.body.key)

  it('sends by the clock of a zone, for every key and until it is unscheduled, while a handler keeps its message', async () => {
    const { minute, hour } = nextMinute(suite.now())
    const [long] = await suite.send({ body: { key: 'long' } })
    const { promise: zoneCame, resolve: zoneComes } = Promise.withResolvers<void>()
    const receiver = await suite.work(async ({ message }) => {
      if (message.id === long) await zoneCame
    })
    try {
      await schedule('every minute', { cron: '0 0 1 1 *' })
      await schedule('every minute', { body: { key: 'every minute', n: 2 } })
      await schedule('zone', { cron: `${minute} ${hour} * * *`, timeZone: ZONE })
      await schedule('elsewhere', { cron: `${minute} ${hour} * * *`, timeZone: 'UTC' })
      await schedule('gone')
      await unschedule('gone')
      for (const key of ['every minute', 'zone'])
        await until(`${key} comes`, () => keysOf(receiver).includes(key), MINUTES_MS)
      zoneComes()
      await until('the long one ends', () =>
        receiver.arrivals.every(({ delivery, hasEnded }) => delivery.message.id !== long || hasEnded),
      )
    } finally {
      zoneComes()
      for (const key of ['every minute', 'zone', 'elsewhere']) await unschedule(key)
    }
    const [first] = receiver.arrivals.filter(({ delivery }) => delivery.message.body.key === 'every minute')
    assert.deepEqual(first?.delivery.message.body, { key: 'every minute', n: 2 }, 'the later schedule holds')
    const once = keysOf(receiver).filter(key => key !== 'every minute')
    assert.deepEqual(once.toSorted(), ['long', 'zone'], 'each came once, and neither of the others')
    const minutes = receiver.arrivals
      .filter(({ delivery }) => delivery.message.body.key === 'every minute')
      .map(({ at }) => Math.floor(at / 60_000))
    assert.ok(new Set(minutes).size >= minutes.length - 1, 'once a minute, over two that meet')
  })
}

/** The next minute that has not begun in a quarter of a minute, as the clocks of `ZONE` show it. */
function nextMinute(now: number): { minute: number; hour: number } {
  const at = new Date(now + 75_000)
  const parts = new Intl.DateTimeFormat('en', {
    ...{ timeZone: ZONE, hour: 'numeric', minute: 'numeric', hourCycle: 'h23' },
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find(part => part.type === type)?.value)
  return { minute: part('minute'), hour: part('hour') }
}
