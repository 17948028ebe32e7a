import assert from 'node:assert/strict'
import fc from 'fast-check'
import { PROCESS_SLOTS, Simulation } from './simulation.ts'
import { createJob } from './steps.ts'

const MOST_STEPS = 60
const SLOTS = PROCESS_SLOTS.reduce((sum, slots) => sum + slots, 0)

/** An owner that creates a job; null: the oldest running job is completed. Owner 0 has most of the jobs. */
type FairnessStep = number | null

const step: fc.Arbitrary<FairnessStep> = fc.constantFrom(0, 0, 0, 0, 0, 1, 1, 2, 3, 4, null, null, null, null)
const crowds = fc.array(step, { maxLength: MOST_STEPS, size: 'max' })

/** An owner's first job: how many jobs had started when it was created, and how many other owners had one waiting. */
interface Newcomer {
  id: string
  started: number
  others: number
}

/**
 * Runs so many crowds of owners: a job whose owner has no other one waiting starts before every other owner's second.
 * @throws Error with the seed and the shortest crowd in which one does not
 */
export async function runFairness(
  { runs, seed }: { runs: number; seed: number },
  plant?: (simulation: Simulation) => void,
): Promise<void> {
  const property = fc.asyncProperty(crowds, fc.boolean(), (steps, isOrdered) =>
    runCrowd(steps, isOrdered, plant),
  )
  await fc.assert(property, { numRuns: runs, seed })
}

async function runCrowd(
  steps: readonly FairnessStep[],
  isOrdered: boolean,
  plant: ((simulation: Simulation) => void) | undefined,
): Promise<void> {
  const simulation = new Simulation({ isOrdered })
  plant?.(simulation)
  await simulation.begin()
  const newcomers: Newcomer[] = []
  for (const owner of steps) {
    if (owner === null) await completeOldest(simulation)
    else newcomers.push(...(await createOf(simulation, `owner ${owner}`)))
    await simulation.time.advance(0)
  }
  while (await completeOldest(simulation)) await simulation.time.advance(0)
  await simulation.finish()
  const starts = simulation.attempts.map(({ attempt }) => attempt.job.id)
  for (const { id, started, others } of newcomers) {
    const before = starts.indexOf(id) - started
    // What was delivered at the time of its creation has started, too.
    assert.ok(
      before <= others + SLOTS,
      `${before} jobs started before job ${id} beside ${others} other owners`,
    )
  }
}

/** Creates a job; returns it where its owner has no other one waiting. */
async function createOf(simulation: Simulation, owner: string): Promise<Newcomer[]> {
  const waiting = simulation.table.where(({ state }) => state === 'queued')
  const owners = new Set(waiting.map(entry => entry.owner))
  const { id } = await createJob(simulation, { owner })
  if (owners.has(owner)) return []
  return [{ id, started: simulation.attempts.length, others: owners.size }]
}

/** Whether there was one. */
async function completeOldest(simulation: Simulation): Promise<boolean> {
  const oldest = simulation.attempts.find(({ hasEnded }) => !hasEnded)
  if (oldest) await simulation.end(oldest, 'complete')
  return oldest !== undefined
}
