/** Polls the status while nothing can be pushed: conditional requests, at the interval that the server sets. */
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { under } from './address.ts'
import type { JobListener } from './job-listener.ts'

/** The interval without a `Retry-After`, in seconds. */
const EVERY_S = 2

interface Answer {
  job: Snapshot | null
  isGone: boolean
  retryAfter: number
}

/**
 * Polls each unfinished job, and with `withList` fetches the list of jobs once. Returns the function that stops it at
 * once, even during a request.
 */
export function startPolling(withList: boolean, listener: JobListener): () => void {
  const stop = new AbortController()
  void poll(withList, listener, stop.signal)
  return () => stop.abort()
}

async function poll(withList: boolean, listener: JobListener, signal: AbortSignal): Promise<void> {
  const etags = new Map<string, string>()
  let needsList = withList
  while (!signal.aborted) {
    let every = EVERY_S
    reportLink(listener, every)
    try {
      if (needsList) listener.onJobs(await list(signal))
      needsList = false
      for (const id of listener.unfinished()) {
        const answer = await status(id, etags, signal)
        if (answer.job) listener.onJobs([answer.job])
        if (answer.isGone) listener.onGone(id)
        every = Math.max(every, answer.retryAfter)
      }
    } catch {
      // The server is unreachable; the next round tries again.
    }
    if (signal.aborted) return
    reportLink(listener, every)
    await pause(every * 1000, signal)
  }
}

/** Without unfinished jobs nothing is polled: the page only waits for its connection. */
function reportLink(listener: JobListener, every: number): void {
  listener.onLink(listener.unfinished().length ? { state: 'checking', every } : { state: 'connecting' })
}

async function list(signal: AbortSignal): Promise<Snapshot[]> {
  const response = await fetch(under('/api/jobs'), { signal, cache: 'no-store' })
  if (!response.ok) throw new Error(`status ${response.status}`)
  const { jobs } = (await response.json()) as { jobs: Snapshot[] }
  return jobs
}

async function status(id: string, etags: Map<string, string>, signal: AbortSignal): Promise<Answer> {
  const etag = etags.get(id)
  const headers: HeadersInit = etag ? { 'If-None-Match': etag } : {}
  const response = await fetch(under(`/api/jobs/${id}`), { signal, headers, cache: 'no-store' })
  etags.set(id, response.headers.get('ETag') ?? '')
  return {
    job: response.ok ? ((await response.json()) as Snapshot) : null,
    isGone: response.status === 404,
    retryAfter: Number(response.headers.get('Retry-After')) || 0,
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
