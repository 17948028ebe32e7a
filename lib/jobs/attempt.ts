import { randomUUID } from 'node:crypto'
import type { Attempt, AttemptOptions, Job, JobMessage } from '../jobs.ts'
import { logOfAttempt } from '../log/job-log.ts'
import type { Progress } from '../vocabulary/job.ts'
import { announce } from './announce.ts'
import { AttemptTrace, type TracedEnd } from './attempt-trace.ts'
import { claim } from './claim.ts'
import { failIfStillLeased } from './fail.ts'
import { Lease } from './lease.ts'
import type { JobPorts } from './ports.ts'
import type { LeaseToken, Written } from './store.ts'

type Run = (attempt: Attempt) => Promise<void>

/** What a pull loop hears of an attempt. */
export interface AttemptHooks {
  /** The row records now what becomes of the message: it was claimed, or it waits for no job. */
  decided?(): void
  /** The work is done; only its last write is left. */
  finishing?(): void
  leased?(id: string, lease: Lease): void
}

/**
 * One attempt for a message: claims its job, or one whose turn is before it, calls `run`, and holds the lease until `run`
 * has ended. Returns false when no job waits for this message: it was cancelled, or the message is an old one or was
 * delivered twice.
 * @throws when the store cannot be asked; then the message must be delivered again
 */
export async function attempt(
  ports: JobPorts,
  {
    message,
    run,
    worker,
    deadline,
    ...hooks
  }: AttemptOptions & AttemptHooks & { message: JobMessage; run: Run },
): Promise<boolean> {
  const job = await claim(ports, { message, worker })
  hooks.decided?.()
  if (!job) return false
  await announce(ports, { job, unsent: null, unsentWebhook: null })
  const lease = openLease(ports, job)
  hooks.leased?.(job.id, lease)
  const trace = new AttemptTrace(ports, job)
  const ms = deadline && Math.max(0, deadline.getTime() - ports.clock.now())
  const cancelDeadline = ms === undefined ? undefined : ports.clock.after(ms, () => lease.abort('stopping'))
  try {
    await run(attemptOf(ports, { job, lease, trace, finishing: hooks.finishing }))
  } catch (error) {
    // The lease ends here, and maintenance rescues the job.
    logOfAttempt(ports.log, job).error({ err: error }, 'an attempt ended without its last word')
  } finally {
    cancelDeadline?.()
    lease.end()
    if (lease.signal.reason === 'cancelled') trace.end({ outcome: 'cancelled' })
  }
  return true
}

function openLease({ store, bus, clock }: JobPorts, job: Job): Lease {
  const token = { id: job.id, claim: job.claims }
  return new Lease({
    version: job.version,
    clock,
    publish: tick => bus.publish({ type: 'progress', id: job.id, ...tick }),
    async renew(unsaved: Progress | undefined) {
      const version = await store.renewIfStillLeased(token, unsaved)
      if (version !== undefined) return version
      return (await store.get(job.id))?.state === 'cancelled' ? 'cancelled' : 'lost'
    },
  })
}

interface LeasedJob {
  job: Job
  lease: Lease
  trace: AttemptTrace
  finishing?: (() => void) | undefined
}

function attemptOf(ports: JobPorts, { job, lease, trace, finishing }: LeasedJob): Attempt {
  const { store } = ports
  const token: LeaseToken = { id: job.id, claim: job.claims }
  const finalWrite = async (end: TracedEnd, write: () => Promise<Job | undefined>) => {
    finishing?.()
    lease.end()
    trace.onLastWrite()
    const written = await write()
    if (written) trace.end(written.needs ? { ...end, outcome: 'asked' } : end)
    else lease.abort('lost')
    return written !== undefined
  }
  const announced = async (write: Promise<Written | undefined>) => announce(ports, await write)
  return {
    job,
    claim: job.claims,
    signal: lease.signal,
    progress(progress) {
      trace.onPhase(progress.phase)
      lease.progress(progress)
    },
    async showIfStillMine(key) {
      const shown = await announced(store.showIfStillLeased(token, key))
      // Ticks continue from this version; under the old one they would be older than the snapshot with the picture.
      if (shown) lease.wroteVersion(shown.version)
      return shown !== undefined
    },
    completeIfStillMine: (result, about) =>
      finalWrite({ outcome: 'completed' }, () =>
        announced(store.completeIfStillLeased(token, { ...about, result })),
      ),
    failIfStillMine: (error, log) =>
      finalWrite({ outcome: 'failed', errorType: error.code }, () =>
        failIfStillLeased(ports, token, { error, log }),
      ),
    handBackIfStillMine: () =>
      finalWrite({ outcome: 'handed_back' }, () =>
        announced(store.handBackIfStillLeased(token, randomUUID())),
      ),
  }
}
