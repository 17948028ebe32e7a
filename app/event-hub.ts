import type { EventSubscription, Job, JobEvent, Jobs } from '#lib/jobs.ts'
import { isPurged, isTerminal } from '#lib/vocabulary/job.ts'
import { findJob } from './job-access.ts'

/** One subscription to the job events of the database, shared by the whole web process. */
export interface EventHub {
  /** As `Jobs.subscribe`. */
  subscribe(onEvent: (event: JobEvent) => void, onGap: () => void): EventSubscription
  stop(): Promise<void>
}

/** How often everything is read again where the back end does not notice that events were missed, in milliseconds. */
const REREAD_EVERY_MS = 30_000

/** Subscribes to the job events once and distributes them to any number of subscribers. */
export async function openEventHub(jobs: Jobs, rereadEveryMs = REREAD_EVERY_MS): Promise<EventHub> {
  const readers = new Set<{ onEvent: (event: JobEvent) => void; onGap: () => void }>()
  const onGap = () => {
    for (const reader of readers) reader.onGap()
  }
  const subscription = await jobs.subscribe(event => {
    for (const reader of readers) reader.onEvent(event)
  }, onGap)
  const rereading = jobs.guarantees.noticesGaps ? undefined : setInterval(onGap, rereadEveryMs)
  return {
    subscribe(onEvent, onGap) {
      const reader = { onEvent, onGap }
      readers.add(reader)
      return { stop: async () => void readers.delete(reader) }
    },
    stop() {
      clearInterval(rereading)
      return subscription.stop()
    },
  }
}

/**
 * Waits until the job has ended or needs something of its sender, without polling; undefined when it was deleted
 * meanwhile. `version`: the one at which the caller saw it, which tells nothing new.
 * @throws the signal's reason
 */
export function untilEnded(
  { id, version }: Pick<Job, 'id' | 'version'>,
  { jobs, events, signal }: { jobs: Jobs; events: EventHub; signal: AbortSignal },
): Promise<Job | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Job | undefined>()
  const read = () =>
    findJob({ jobs }, { id }).then(job => {
      if (!job || isPurged(job)) resolve(undefined)
      else if (job.needs || isTerminal(job.state)) resolve(job)
    }, reject)
  const stop = () => reject(signal.reason)
  const reading = events.subscribe(event => {
    if (event.id !== id || event.type === 'progress') return
    if (event.type === 'gone' || (event.state !== 'running' && event.version > version)) void read()
  }, read)
  signal.addEventListener('abort', stop, { once: true })
  // Read after subscribing, so that nothing can be missed.
  if (signal.aborted) stop()
  else void read()
  return promise.finally(() => {
    signal.removeEventListener('abort', stop)
    return reading.stop()
  })
}
