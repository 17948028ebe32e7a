/**
 * Schedules: what may happen to jobs and workers, in any order, over the jobs in memory and a simulated clock. One
 * schedule is a list of steps and a queue that knows priorities or does not; it fails where a job is lost or done twice,
 * or lives against the model.
 */
import fc from 'fast-check'
import { Simulation } from './schedules/simulation.ts'
import { makeStep, STEP_KINDS, type Step, type StepKind } from './schedules/steps.ts'

const MOST_STEPS = 40
/** Without jobs and time in between the other steps have nothing to be made to. */
const OFTEN: readonly StepKind[] = [
  'create',
  'create',
  'create',
  'wait',
  'wait',
  'wait',
  'complete',
  'fail',
  'maintain',
]

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...OFTEN, ...STEP_KINDS),
  which: fc.nat(7),
  ms: fc.nat(8_000),
})

const schedules = fc.array(step, { maxLength: MOST_STEPS, size: 'max' })

/** `plant` breaks what is to be found. @throws AssertionError naming the job that is lost, done twice or against the model */
async function runSchedule(
  steps: readonly Step[],
  isOrdered: boolean,
  plant: ((simulation: Simulation) => void) | undefined,
): Promise<void> {
  const simulation = new Simulation({ isOrdered })
  plant?.(simulation)
  await simulation.begin()
  for (const each of steps) {
    await makeStep(simulation, each)
    simulation.check()
  }
  await simulation.finish()
}

/** Runs so many schedules. @throws Error with the seed and the shortest schedule that fails */
export async function runSchedules(
  { runs, seed }: { runs: number; seed: number },
  plant?: (simulation: Simulation) => void,
): Promise<void> {
  const property = fc.asyncProperty(schedules, fc.boolean(), (steps, isOrdered) =>
    runSchedule(steps, isOrdered, plant),
  )
  await fc.assert(property, { numRuns: runs, seed })
}
