import { after, afterEach, before, describe } from 'node:test'
import type { Jobs } from '#lib/jobs.ts'
import { attemptsConformance } from './conformance/attempts.ts'
import { lifeConformance } from './conformance/life.ts'
import { QUEUE_LIMIT, Suite } from './conformance/suite.ts'
import { takingConformance } from './conformance/taking.ts'

export { newJob } from './conformance/suite.ts'

export interface OpenJobs {
  open(options: { queueLimit: number }): Promise<Jobs>
  close?(): Promise<void>
}

/** What every implementation of Jobs must keep. */
export function jobsConformance(name: string, implementation: OpenJobs): void {
  describe(`${name} keeps the contract of Jobs`, () => {
    const suite = new Suite()
    before(async () => suite.open(await implementation.open({ queueLimit: QUEUE_LIMIT })))
    afterEach(() => suite.endCrews())
    after(async () => {
      await suite.jobs.close()
      await implementation.close?.()
    })
    takingConformance(suite)
    attemptsConformance(suite)
    lifeConformance(suite)
  })
}
