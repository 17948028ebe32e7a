import { after, afterEach, before, describe } from 'node:test'
import type { Limits } from '#lib/jobs/admission.ts'
import type { Jobs } from '#lib/jobs.ts'
import { admissionConformance } from './conformance/admission.ts'
import { attemptsConformance } from './conformance/attempts.ts'
import { lifeConformance } from './conformance/life.ts'
import { OWNER_LIMIT, QUEUE_LIMIT, Suite } from './conformance/suite.ts'
import { takingConformance } from './conformance/taking.ts'

export { newJob } from './conformance/suite.ts'

export interface OpenJobs {
  open(options: Limits): Promise<Jobs>
  close?(): Promise<void>
}

/** What every implementation of Jobs must keep. */
export function jobsConformance(name: string, implementation: OpenJobs): void {
  describe(`${name} keeps the contract of Jobs`, () => {
    const suite = new Suite()
    before(async () =>
      suite.open(await implementation.open({ queueLimit: QUEUE_LIMIT, ownerLimit: OWNER_LIMIT })),
    )
    afterEach(() => suite.endAll())
    after(async () => {
      await suite.jobs.close()
      await implementation.close?.()
    })
    takingConformance(suite)
    admissionConformance(suite)
    attemptsConformance(suite)
    lifeConformance(suite)
  })
}
