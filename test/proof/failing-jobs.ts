/**
 * One bad job in ten leaves the other jobs at least 0.9 of the pace that they have without it. Two queues with the same
 * slots run side by side, one of them with bad jobs, which fail, hang until a limit or a cancel, or end without a last
 * write. A slot that hangs converts nothing else, whatever the queue does; so the pace is that of the good jobs for each
 * second of a slot that no bad job has. What bad jobs cost beside their `run` (claims, retries, rescues, the wait for a
 * free slot) counts against them. In the end each job must have ended as its kind has to.
 * Options: `--minutes N` (3), `--slots N` (4).
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type Pace, paceBetween } from './failing-jobs/pace.ts'
import { openQueueSide, type QueueSide } from './failing-jobs/queue-side.ts'

const LEAST = 0.9

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '3' }, slots: { type: 'string', default: '4' } },
})
const ms = Number(values.minutes) * 60_000
const slots = Number(values.slots)

const sides = {
  'without bad jobs': await openQueueSide(slots, Number.POSITIVE_INFINITY),
  'one in ten bad': await openQueueSide(slots, 10),
}
try {
  await sleep(Math.min(20_000, ms / 4)) // Until the first retries and rescues are under way.
  const isPaceKept = judgePaces(await measured())
  const isEachEnded = judgeEnds((await each(side => side.finish())).flat())
  if (!isPaceKept || !isEachEnded) process.exitCode = 1
} finally {
  await each(side => side.close())
}

function each<T>(action: (side: QueueSide) => T | Promise<T>): Promise<T[]> {
  return Promise.all(Object.values(sides).map(action))
}

async function measured(): Promise<Pace[]> {
  const from = await each(({ meter }) => meter.totals())
  await sleep(ms)
  const to = await each(({ meter }) => meter.totals())
  return from.map((totals, index) => paceBetween(totals, to[index] ?? totals, slots))
}

function judgePaces(paces: Pace[]): boolean {
  for (const [index, name] of Object.keys(sides).entries()) {
    const { perSecond = 0, badShare = 0, perFreeSlotSecond = 0 } = paces[index] ?? {}
    console.log(
      `  ${name.padEnd(18)} ${perSecond.toFixed(1)} good jobs/s; bad ones have ${(badShare * 100).toFixed(0)} % of the slots’ time; ${perFreeSlotSecond.toFixed(2)} good jobs for each second of a free slot`,
    )
  }
  const [without = Number.NaN, beside = Number.NaN] = paces.map(pace => pace.perFreeSlotSecond)
  const ratio = beside / without
  const isKept = Number.isFinite(ratio) && ratio >= LEAST
  console.log(`  ${isKept ? '✓' : '✗'} the other jobs keep ${ratio.toFixed(3)} of their pace`)
  return isKept
}

function judgeEnds(wrong: string[]): boolean {
  const isRight = wrong.length === 0
  console.log(`  ${isRight ? '✓ each job' : '✗ not every job'} ended as its kind has to`)
  for (const problem of wrong) console.log(`    ${problem}`)
  return isRight
}
