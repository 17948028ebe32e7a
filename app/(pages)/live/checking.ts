/** Asking for the status, for as long as nothing can be pushed: conditional requests, no oftener than the server says. */
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { under } from './address.ts'
import type { Hearing } from './hearing.ts'

/** When the server names no `Retry-After`, in seconds. */
const EVERY_S = 2

interface Answer {
  job: Snapshot | null
  isGone: boolean
  retryAfter: number
}

/**
 * Asks again and again for each job of which more is to come, and with `withList` once for the list of jobs.
 * Gives what ends it, at once and in mid-request.
 */
export function startChecking(withList: boolean, hearing: Hearing): () => void {
  const stop = new AbortController()
  void check(withList, hearing, stop.signal)
  return () => stop.abort()
}

async function check(withList: boolean, hearing: Hearing, signal: AbortSignal): Promise<void> {
  const etags = new Map<string, string>()
  let needsList = withList
  while (!signal.aborted) {
    let every = EVERY_S
    tell(hearing, every)
    try {
      if (needsList) hearing.told(await list(signal))
      needsList = false
      for (const id of hearing.unfinished()) {
        const answer = await status(id, etags, signal)
        if (answer.job) hearing.told([answer.job])
        if (answer.isGone) hearing.gone(id)
        every = Math.max(every, answer.retryAfter)
      }
    } catch {
      // Nothing at all can be reached: the next round tries again.
    }
    if (signal.aborted) return
    tell(hearing, every)
    await pause(every * 1000, signal)
  }
}

/** While there is nothing to ask for, nothing is asked: then the page only waits for its connection. */
function tell(hearing: Hearing, every: number): void {
  hearing.link(hearing.unfinished().length ? { state: 'checking', every } : { state: 'connecting' })
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
