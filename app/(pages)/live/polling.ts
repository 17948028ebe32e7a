/** Polls the status while nothing can be pushed: conditional requests, at the interval that the server sets. */
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { under } from './address.ts'
import { type JobListener, silence } from './job-listener.ts'

/** The interval without a `Retry-After`, in seconds. */
const EVERY_S = 2
/** A server that takes longer counts as silent, in milliseconds. */
const ANSWER_MS = 3000
/** What proxies answer whose server is down. */
const PROXY_STATUSES = [502, 503, 504]

interface Answer {
  job: Snapshot | null
  isGone: boolean
  retryAfter: number
}

/**
 * Polls each unfinished job, and with `withList` fetches the list of jobs once. Without an unfinished job it only asks
 * whether the server answers. Returns the function that stops it at once, even during a request.
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
    let hasAnswered = true
    try {
      if (needsList) listener.onJobs(await list(signal))
      needsList = false
      const ids = listener.unfinished()
      if (ids.length === 0) await ask('/healthz', signal)
      for (const id of ids) {
        const answer = await status(id, etags, signal)
        if (answer.job) listener.onJobs([answer.job])
        if (answer.isGone) listener.onGone(id)
        every = Math.max(every, answer.retryAfter)
      }
    } catch {
      // The server is unreachable; the next round tries again.
      hasAnswered = false
    }
    if (signal.aborted) return
    listener.onLink(hasAnswered ? { state: 'checking', every } : { state: silence() })
    await pause(every * 1000, signal)
  }
}

/** @throws Error where the server did not answer, or only a proxy in front of it */
async function ask(path: string, signal: AbortSignal, headers: HeadersInit = {}): Promise<Response> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)])
  const response = await fetch(under(path), { signal: within, headers, cache: 'no-store' })
  if (PROXY_STATUSES.includes(response.status)) throw new Error(`status ${response.status}`)
  return response
}

async function list(signal: AbortSignal): Promise<Snapshot[]> {
  const response = await ask('/api/jobs', signal)
  if (!response.ok) throw new Error(`status ${response.status}`)
  const { jobs } = (await response.json()) as { jobs: Snapshot[] }
  return jobs
}

async function status(id: string, etags: Map<string, string>, signal: AbortSignal): Promise<Answer> {
  const etag = etags.get(id)
  const response = await ask(`/api/jobs/${id}`, signal, etag ? { 'If-None-Match': etag } : {})
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
