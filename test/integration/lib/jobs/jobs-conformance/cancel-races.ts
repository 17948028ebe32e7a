import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Attempt, Job } from '#lib/jobs.ts'
import { Random } from '#test/random.ts'
import { until } from '#test/until.ts'
import { CancelRace, planOf } from './cancel-races/cancel-race.ts'
import { newJob, result, type Suite } from './suite.ts'

const SEED = 18
const AT_ONCE = 20

type Races = Map<string, CancelRace>

/** Cancels at random moments around the claim, every end of an attempt and the sender's own retry. */
export function cancelRacesConformance(suite: Suite, count: number): void {
  it(`leaves each of ${count} jobs in one terminal state, whatever their cancels meet`, async () => {
    const races = await heldRaces(suite, count)
    const ended = await rowsOf(suite, races)
    // What a message that is left would start is started before a job that comes later.
    await suite.reach((await suite.jobs.create(newJob())).job.id, 'completed')
    await until('no message is left', async () => (await suite.messagesLeft()) === 0)
    assert.deepEqual(await rowsOf(suite, races), ended)
    assert.equal(ended.length, count)
    for (const row of ended) await races.get(row.id)?.check(row)
  })
}

/** So many races, some of them at once, before two workers that stay. */
async function heldRaces(suite: Suite, count: number): Promise<Races> {
  const races: Races = new Map()
  await suite.subscribe(event => races.get(event.id)?.hear(event))
  const run = (attempt: Attempt) => races.get(attempt.job.id)?.run(attempt) ?? complete(attempt)
  for (const worker of ['host/1', 'host/2']) await suite.consume(run, { worker })
  const random = new Random(SEED)
  const lane = async () => {
    while (races.size < count) {
      const race = new CancelRace(suite.jobs, planOf(random))
      races.set(race.id, race)
      await race.hold()
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  return races
}

async function complete(attempt: Attempt): Promise<void> {
  await attempt.completeIfStillMine(result(attempt))
}

async function rowsOf({ jobs }: Suite, races: Races): Promise<Job[]> {
  const rows = await Promise.all([...races.keys()].map(id => jobs.get(id)))
  return rows.filter(row => row !== undefined)
}
