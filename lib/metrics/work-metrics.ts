import { Counter, Histogram, Registry } from 'prom-client'
import { KILL_REASONS, RECYCLE_REASONS, type WorkFact } from './work-fact.ts'

/** Upper bounds in seconds. */
const WAITS_S = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600]
const CONVERSIONS_S = [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600]

/** What a process counts of the work that it does itself. */
export interface WorkMetrics {
  registry: Registry
  record(fact: WorkFact): void
}

type Recorders = { [Type in WorkFact['type']]?: (fact: Extract<WorkFact, { type: Type }>) => void }

/** Has the metrics of what a process of this role does, counting from zero. */
export function createWorkMetrics(role: 'web' | 'worker'): WorkMetrics {
  const registry = new Registry()
  const registers = [registry]
  const recorders: Recorders = {
    ...failureRecorders(registers),
    ...(role === 'web' ? senderRecorders(registers) : attemptRecorders(registers)),
    ...(role === 'worker' && engineRecorders(registers)),
  }
  return { registry, record: fact => recorders[fact.type]?.(fact as never) }
}

type Registers = Registry[]

/** Any process may end the jobs of a worker that is gone. */
function failureRecorders(registers: Registers): Recorders {
  const failed = new Counter({
    name: 'nightshift_jobs_failed_total',
    help: 'Jobs that failed, by the code of the error.',
    labelNames: ['code'],
    registers,
  })
  const retries = new Counter({
    name: 'nightshift_job_retries_total',
    help: 'Attempts that failed and were followed by another one, by the code of the error.',
    labelNames: ['code'],
    registers,
  })
  const deadLetters = new Counter({
    name: 'nightshift_dead_letters_total',
    help: 'Jobs that failed because no attempt was left, although another one might have helped.',
    registers,
  })
  return {
    retried: ({ code }) => retries.inc({ code }),
    failed({ code, isDead }) {
      failed.inc({ code })
      if (isDead) deadLetters.inc()
    },
  }
}

function senderRecorders(registers: Registers): Recorders {
  const created = new Counter({
    name: 'nightshift_jobs_created_total',
    help: 'Jobs that were accepted.',
    registers,
  })
  const cancelled = new Counter({
    name: 'nightshift_jobs_cancelled_total',
    help: 'Jobs that were cancelled.',
    registers,
  })
  return { created: () => created.inc(), cancelled: () => cancelled.inc() }
}

function attemptRecorders(registers: Registers): Recorders {
  const started = new Counter({
    name: 'nightshift_attempts_started_total',
    help: 'Attempts that were started.',
    registers,
  })
  const waited = new Histogram({
    name: 'nightshift_job_wait_seconds',
    help: 'How long jobs waited for their first attempt.',
    buckets: WAITS_S,
    registers,
  })
  const completed = new Counter({
    name: 'nightshift_jobs_completed_total',
    help: 'Jobs that were completed.',
    registers,
  })
  const took = new Histogram({
    name: 'nightshift_job_duration_seconds',
    help: 'How long the attempts took that completed a job.',
    buckets: CONVERSIONS_S,
    registers,
  })
  return {
    started({ waitedS }) {
      started.inc()
      if (waitedS !== undefined) waited.observe(waitedS)
    },
    completed({ tookS }) {
      completed.inc()
      took.observe(tookS)
    },
  }
}

function engineRecorders(registers: Registers): Recorders {
  const starts = new Counter({
    name: 'nightshift_engine_starts_total',
    help: 'Processes of LibreOffice that were started, by whether they were ready then.',
    labelNames: ['outcome'],
    registers,
  })
  const recycles = new Counter({
    name: 'nightshift_engine_recycles_total',
    help: 'Processes of LibreOffice that were replaced although they worked, by reason.',
    labelNames: ['reason'],
    registers,
  })
  const kills = new Counter({
    name: 'nightshift_engine_kills_total',
    help: 'Processes of LibreOffice that were ended before they were done, or died (crash), by reason.',
    labelNames: ['reason'],
    registers,
  })
  // A counter that appears with its first event would hide that from whoever looks for growth.
  for (const outcome of ['started', 'failed']) starts.inc({ outcome }, 0)
  for (const reason of RECYCLE_REASONS) recycles.inc({ reason }, 0)
  for (const reason of KILL_REASONS) kills.inc({ reason }, 0)
  return {
    engineStarted: () => starts.inc({ outcome: 'started' }),
    engineNotStarted: () => starts.inc({ outcome: 'failed' }),
    engineRecycled: ({ reason }) => recycles.inc({ reason }),
    engineKilled: ({ reason }) => kills.inc({ reason }),
  }
}
