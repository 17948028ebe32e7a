import type { EventSubscription, Job, JobEvent, Jobs } from '#lib/jobs.ts'
import { isTerminal } from '#lib/vocabulary/job.ts'

/** What happens to jobs, from one subscription to the database for the whole web process. */
export interface News {
  /** As `Jobs.watch`. */
  watch(onEvent: (event: JobEvent) => void, onGap: () => void): EventSubscription
  stop(): Promise<void>
}

export async function openNews(jobs: Jobs): Promise<News> {
  const readers = new Set<{ onEvent: (event: JobEvent) => void; onGap: () => void }>()
  const watching = await jobs.subscribe(
    event => {
      for (const reader of readers) reader.onEvent(event)
    },
    () => {
      for (const reader of readers) reader.onGap()
    },
  )
  return {
    watch(onEvent, onGap) {
      const reader = { onEvent, onGap }
      readers.add(reader)
      return { stop: async () => void readers.delete(reader) }
    },
    stop: () => watching.stop(),
  }
}

/**
 * The job when it has ended, undefined when it was deleted meanwhile; nothing is polled.
 * @throws the signal's reason
 */
export function untilEnded(
  id: string,
  { jobs, news, signal }: { jobs: Jobs; news: News; signal: AbortSignal },
): Promise<Job | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Job | undefined>()
  const look = () =>
    jobs.get(id).then(job => {
      if (!job || isTerminal(job.state)) resolve(job)
    }, reject)
  const stop = () => reject(signal.reason)
  const reading = news.watch(event => {
    if (event.id !== id || event.type === 'progress') return
    if (event.type === 'gone' || isTerminal(event.state)) void look()
  }, look)
  signal.addEventListener('abort', stop, { once: true })
  // Now that nothing can be missed any more.
  if (signal.aborted) stop()
  else void look()
  return promise.finally(() => {
    signal.removeEventListener('abort', stop)
    return reading.stop()
  })
}
