import { setTimeout as pause } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, ServerEvents } from '#app/live/protocol.ts'
import { Random } from '#test/random.ts'
import type { SoakLoad } from './load.ts'

type LiveSocket = Socket<ServerEvents, ClientEvents>

/** The longest that a watcher stays before it goes and another comes. */
const STAY_MS = 12_000
const ANSWER_MS = 60_000
const ASK_EVERY_MS = 500

export interface Watchers {
  readonly counts: { visits: number; heard: number }
  readonly problems: string[]
  stop(): Promise<void>
}

/** Watchers that come, subscribe and go: pushed to over WebSocket, over polling, or asking the status themselves. */
export async function openWatchers(
  url: string,
  count: number,
  load: Pick<SoakLoad, 'recent'>,
): Promise<Watchers> {
  const random = new Random(20_261_128)
  const counts = { visits: 0, heard: 0 }
  const problems: string[] = []
  const stopping = new AbortController()
  const stay = () => pause(random.below(STAY_MS), undefined, { signal: stopping.signal }).catch(() => {})
  const hear = () => counts.heard++

  const visits = [
    () => visitLive(url, { transport: 'websocket', jobIds: load.recent(), hear, stay }),
    () => visitLive(url, { transport: 'polling', jobIds: load.recent(), hear, stay }),
    () => visitAsking(url, { jobIds: load.recent(), hear, times: 1 + random.below(STAY_MS / ASK_EVERY_MS) }),
  ]
  const watcher = async (number: number) => {
    while (!stopping.signal.aborted) {
      counts.visits++
      await visits[number % visits.length]?.().catch((error: Error) => {
        problems.push(`a watcher: ${error.message}`)
        return stay()
      })
    }
  }
  const running = Array.from({ length: count }, (_, number) => watcher(number))
  return {
    counts,
    problems,
    async stop() {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

interface PageVisit {
  transport: 'websocket' | 'polling'
  jobIds: readonly string[]
  hear(): void
  stay(): Promise<unknown>
}

/** As the page does: with a cookie for all that is its own, beside the jobs that it follows. */
async function visitLive(url: string, { transport, jobIds, hear, stay }: PageVisit): Promise<void> {
  const cookie = (await fetch(url)).headers.get('set-cookie')?.split(';')[0] ?? ''
  const socket: LiveSocket = io(url, {
    transports: [transport],
    extraHeaders: { cookie },
    forceNew: true,
    reconnection: false,
  })
  try {
    for (const event of ['job', 'progress', 'positions', 'gone'] as const) socket.on(event, hear)
    await socket.timeout(ANSWER_MS).emitWithAck('subscribe', { mine: true })
    await socket.timeout(ANSWER_MS).emitWithAck('subscribe', { jobIds: [...jobIds] })
    await stay()
  } finally {
    socket.close()
  }
}

async function visitAsking(
  url: string,
  { jobIds, hear, times }: { jobIds: readonly string[]; hear(): void; times: number },
): Promise<void> {
  let etag = ''
  for (let time = 0; time < times; time++) {
    const id = jobIds.at(-1)
    if (id) {
      const answer = await fetch(`${url}/api/jobs/${id}`, { headers: { 'if-none-match': etag } })
      if (![200, 304].includes(answer.status)) throw new Error(`job ${id} was answered with ${answer.status}`)
      etag = answer.headers.get('etag') ?? ''
      await answer.arrayBuffer()
      hear()
    }
    await pause(ASK_EVERY_MS)
  }
}
