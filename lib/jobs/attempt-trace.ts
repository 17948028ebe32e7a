import type { AttemptOutcome, Job } from '../jobs.ts'
import type { SpanStart, Tracer, TraceSpan } from '../tracing.ts'
import type { Phase } from '../vocabulary/job.ts'
import type { JobPorts } from './ports.ts'

/** The spans of the phases, few names for all engines. */
const PHASE_SPANS: Readonly<Record<Phase, string>> = {
  starting: 'start engine',
  loading: 'load document',
  exporting: 'export document',
  storing: 'store result',
}
const LAST_PART = 'publish event'
/** An attempt that merges many files goes through the phases once for each. */
const MOST_PHASES = 64

/** How an attempt ended, as its span tells it; `errorType` is a code of the error table. */
export interface TracedEnd {
  outcome: AttemptOutcome
  errorType?: string | undefined
}

interface TracedPart {
  name: string
  startedAt: Date
}

/**
 * The spans of one attempt. They are made when it has ended, so that one whose process dies leaves no span without the
 * one that it is part of.
 */
export class AttemptTrace {
  readonly #ports: JobPorts
  readonly #job: Job
  readonly #parts: TracedPart[] = []
  #phase: Phase | undefined
  #hasEnded = false

  /** Tells at once how long the job waited. */
  constructor(ports: JobPorts, job: Job) {
    this.#ports = ports
    this.#job = job
    record(ports, job, tracer => waitSpan(tracer, job))
  }

  onPhase(phase: Phase): void {
    if (phase === this.#phase || this.#parts.length >= MOST_PHASES) return
    this.#phase = phase
    this.#begin(PHASE_SPANS[phase])
  }

  /** The attempt's last write begins, with the event that tells it. It is repeated while the store is away. */
  onLastWrite(): void {
    if (this.#parts.at(-1)?.name !== LAST_PART) this.#begin(LAST_PART)
  }

  /** Only the first end counts: a job may be purged while its attempt clears away what it left. */
  end(end: TracedEnd): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    const endedAt = this.#now()
    record(this.#ports, this.#job, tracer => {
      const attempt = attemptSpan(tracer, this.#job)
      for (const [index, part] of this.#parts.entries()) {
        const partEnd = this.#parts[index + 1]?.startedAt ?? endedAt
        tracer.start({ ...part, parent: attempt.traceparent }).end({ endedAt: partEnd })
      }
      endAttempt(attempt, end, endedAt)
    })
  }

  #begin(name: string): void {
    this.#parts.push({ name, startedAt: this.#now() })
  }

  #now(): Date {
    return new Date(this.#ports.clock.now())
  }
}

/** Tells of an attempt whose worker is gone. */
export function traceLostAttempt(ports: JobPorts, job: Job): void {
  const endedAt = new Date(ports.clock.now())
  const end = { outcome: 'lost', errorType: 'worker_lost' } as const
  record(ports, job, tracer => endAttempt(attemptSpan(tracer, job), end, endedAt))
}

/** Nobody waits for it. A job without a trace context has no spans. */
function record({ tracing }: JobPorts, { traceparent }: Job, write: (tracer: Tracer) => void): void {
  if (traceparent === null) return
  void tracing?.tracer().then(tracer => tracer && write(tracer))
}

function waitSpan(tracer: Tracer, job: Job): void {
  const { traceparent: parent, queuedAt, startedAt } = job
  tracer
    .start({ name: 'wait in queue', parent, startedAt: queuedAt, attributes: attributesOf(job) })
    .end({ endedAt: startedAt ?? queuedAt })
}

function attemptSpan(tracer: Tracer, job: Job): TraceSpan {
  const start: SpanStart = {
    name: 'process convert',
    kind: 'consumer',
    parent: job.traceparent,
    startedAt: job.startedAt ?? undefined,
    attributes: {
      ...attributesOf(job),
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.name': 'convert',
      'nightshift.source.format': job.source.format,
      'nightshift.target': job.target,
    },
  }
  return tracer.start(start)
}

function endAttempt(span: TraceSpan, { outcome, errorType }: TracedEnd, endedAt: Date): void {
  span.end({ endedAt, errorType, attributes: { 'nightshift.outcome': outcome } })
}

const attributesOf = ({ id, attempt }: Job) => ({ 'nightshift.job.id': id, 'nightshift.attempt': attempt })
