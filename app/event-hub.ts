import type { EventSubscription, Job, JobEvent, Jobs } from '#lib/jobs.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'
import { findJob } from './job-access.ts'

/** What happens to jobs, from one subscription to the database for the whole web process. */
export interface EventHub {
  /** As `Jobs.subscribe`. */
  subscribe(onEvent: (event: JobEvent) => void, onGap: () => void): EventSubscription
  stop(): Promise<void>
}

export async function openEventHub(jobs: Jobs): Promise<EventHub> {
  const readers = new Set<{ onEvent: (event: JobEvent) => void; onGap: () => void }>()
  const subscription = await jobs.subscribe(
    event => {
      for (const reader of readers) reader.onEvent(event)
    },
    () => {
      for (const reader of readers) reader.onGap()
    },
  )
  return {
    subscribe(onEvent, onGap) {
      const reader = { onEvent, onGap }
      readers.add(reader)
      return { stop: async () => void readers.delete(reader) }
    },
    stop: () => subscription.stop(),
  }
}

/**
 * The job when it has ended, undefined when it was deleted meanwhile; nothing is polled.
 * @throws the signal's reason
 */
export function untilEnded(
  id: string,
  { jobs, events, signal }: { jobs: Jobs; events: EventHub; signal: AbortSignal },
): Promise<Job | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Job | undefined>()
  const read = () =>
    findJob({ jobs }, { id }).then(job => {
      if (!job || isTerminal(job.state)) resolve(job)
    }, reject)
  const stop = () => reject(signal.reason)
  const reading = events.subscribe(event => {
    if (event.id !== id || event.type === 'progress') return
    if (event.type === 'gone' || isTerminal(event.state)) void read()
  }, read)
  signal.addEventListener('abort', stop, { once: true })
  // Now that nothing can be missed any more.
  if (signal.aborted) stop()
  else void read()
  return promise.finally(() => {
    signal.removeEventListener('abort', stop)
    return reading.stop()
  })
}
