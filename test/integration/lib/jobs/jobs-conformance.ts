import assert from 'node:assert/strict'
import { after, afterEach, before, describe } from 'node:test'
import type { AdmissionLimits } from '#lib/jobs/admission.ts'
import type { Jobs } from '#lib/jobs.ts'
import { admissionConformance } from './jobs-conformance/admission-conformance.ts'
import { attemptsConformance } from './jobs-conformance/attempts.ts'
import { cancelRacesConformance } from './jobs-conformance/cancel-races.ts'
import { claimingConformance } from './jobs-conformance/claiming.ts'
import { lifeConformance } from './jobs-conformance/life.ts'
import { questionsConformance } from './jobs-conformance/questions.ts'
import { OWNER_LIMIT, QUEUE_LIMIT, Suite } from './jobs-conformance/suite.ts'

export { newJob } from './jobs-conformance/suite.ts'

export interface OpenJobs {
  open(options: AdmissionLimits): Promise<Jobs>
  /** How many messages of jobs are delivered or to be; missing where that cannot be counted. */
  messagesLeft?(): Promise<number>
  /** How many cancels race with other writes; fewer where a write takes long. */
  cancelRaces?: number
  close?(): Promise<void>
}

const CANCEL_RACES = 20

/** What every implementation of Jobs must keep. */
export function jobsConformance(
  name: string,
  implementation: OpenJobs,
  /** Why it cannot run here; false where it can. */
  skip: string | false = false,
): void {
  describe(`${name} keeps the contract of Jobs`, { skip }, () => {
    const suite = new Suite()
    before(async () =>
      suite.open(
        await implementation.open({ queueLimit: QUEUE_LIMIT, ownerLimit: OWNER_LIMIT }),
        implementation.messagesLeft,
      ),
    )
    afterEach(() => suite.endAll())
    after(async () => {
      const problems = await suite.close()
      await implementation.close?.()
      assert.deepEqual(problems, [], 'every job lived by the model')
    })
    claimingConformance(suite)
    admissionConformance(suite)
    attemptsConformance(suite)
    lifeConformance(suite)
    cancelRacesConformance(suite, implementation.cancelRaces ?? CANCEL_RACES)
    questionsConformance(suite)
  })
}
