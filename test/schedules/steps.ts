import type { Job, NewJob } from '#lib/jobs.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { unmeasured } from '#lib/vocabulary/job.ts'
import type { OpenAttempt, Simulation, WorkerProcess } from './simulation.ts'

/** One thing that happens: `which` chooses a job, attempt, process or message, `ms` how long or how much. */
export interface Step {
  kind: StepKind
  which: number
  ms: number
}

export type StepKind = keyof typeof STEPS

const EXPIRES_MS = 5_000
/** What a person may be answered at any time. */
const REFUSALS = ['job_not_found', 'job_finished', 'not_retryable', 'not_ended']

type Make = (simulation: Simulation, step: Step) => Promise<void>

const STEPS = {
  create: async (simulation, { which, ms }) => {
    await createJob(simulation, {
      owner: `owner ${which % 3}`,
      maxAttempts: 1 + (which % 3),
      expiresAt: new Date(simulation.time.now + EXPIRES_MS + ms),
      idempotencyKey: ms % 4 === 0 ? `key ${which % 2}` : undefined,
    })
  },
  cancel: ofJob((simulation, id) => simulation.jobs.cancel(id)),
  retry: ofJob((simulation, id) => simulation.jobs.retry(id, 2)),
  requestDeletion: ofJob((simulation, id) => simulation.jobs.requestDeletion(id)),
  purge: ofJob((simulation, id) => simulation.jobs.purge(id)),

  complete: ofAttempt((simulation, open) => simulation.end(open, 'complete')),
  fail: ofAttempt((simulation, open) => simulation.end(open, 'fail')),
  failForGood: ofAttempt((simulation, open) => simulation.end(open, 'failForGood')),
  handBack: ofAttempt((simulation, open) => simulation.end(open, 'handBack')),
  progress: ofAttempt(async (_, { attempt }) => attempt.progress(unmeasured('exporting'))),
  show: ofAttempt(async (_, { attempt }) => void (await attempt.showIfStillMine('picture'))),
  leave: ofAttempt(async (_, open) => open.leave()),
  throw: ofAttempt(async (_, open) => open.leave(new Error('a defect'))),

  freeze: ofProcess(async (_, { clock }) => clock.freeze()),
  thaw: ofProcess(async (_, { clock }) => clock.thaw()),
  /** kill -9: another process comes in its place. */
  crash: ofProcess(async (simulation, process) => {
    process.clock.freeze()
    simulation.dead.push(...simulation.processes.splice(simulation.processes.indexOf(process), 1))
    await simulation.startProcess(2)
  }),
  /** The launcher saw the death. */
  seeDeath: async (simulation, { which }) => {
    const process = chosen(simulation.dead, which)
    if (process) await simulation.jobs.rescue(process.worker)
  },
  stop: ofProcess(async (simulation, process, { ms }) => {
    void process.consumer.stop(ms)
    await simulation.startProcess(2)
  }),

  wait: (simulation, { ms }) => simulation.time.advance(ms),
  maintain: async simulation => {
    const now = new Date(simulation.time.now)
    await simulation.jobs.maintain(now)
    simulation.expired.push(...(await simulation.jobs.expired(now)))
    await simulation.jobs.removeOld(now)
  },
  markFilesDeleted: async simulation =>
    simulation.jobs.markFilesDeleted(simulation.expired.splice(0).concat(jobId(0))),
  redeliver: async (simulation, { which }) => {
    const message = chosen(simulation.sent, which)
    if (message) simulation.redeliver(message)
  },
  queueAway: async (simulation, { ms }) => simulation.takeQueueAway(ms),
} satisfies Record<string, Make>

/** Creates a job whose id is the next number. */
export async function createJob(simulation: Simulation, fields: Partial<NewJob>): Promise<Job> {
  const { job } = await simulation.jobs.create({
    id: jobId(simulation.ids.length + 1),
    batchId: 'batch',
    owner: 'owner',
    fileName: 'deck.pptx',
    source: { format: 'pptx', bytes: 1, sha256: '' },
    target: 'pdf',
    options: {},
    maxAttempts: 1,
    expiresAt: new Date(simulation.time.now + EXPIRES_MS),
    ...fields,
  })
  simulation.created(job.id)
  return job
}

/** A UUID that is read as a number in the steps of a failed schedule. */
function jobId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

export const STEP_KINDS = Object.keys(STEPS) as StepKind[]

/** Makes the step; where there is nothing that it could be made to, nothing happens. */
export async function makeStep(simulation: Simulation, step: Step): Promise<void> {
  const make: Make = STEPS[step.kind]
  await make(simulation, step)
}

const chosen = <T>(from: readonly T[], which: number): T | undefined => from[which % from.length]

function ofJob(make: (simulation: Simulation, id: string) => Promise<unknown>): Make {
  return async (simulation, { which }) => {
    const id = chosen(simulation.ids, which)
    if (id === undefined) return
    await make(simulation, id).catch(error => {
      if (!(error instanceof AppError && REFUSALS.includes(error.code))) throw error
    })
  }
}

/** Of the latest ones, dead and superseded ones among them: they write late. */
function ofAttempt(make: (simulation: Simulation, open: OpenAttempt) => Promise<void>): Make {
  return async (simulation, { which }) => {
    const open = chosen(simulation.attempts.toReversed(), which)
    if (open) await make(simulation, open)
  }
}

function ofProcess(
  make: (simulation: Simulation, process: WorkerProcess, step: Step) => Promise<void>,
): Make {
  return async (simulation, step) => {
    const process = chosen(simulation.processes, step.which)
    if (process) await make(simulation, process, step)
  }
}
