/**
 * How the page hears of its jobs: pushed through Socket.IO (WebSocket first, then its own long-polling), and only
 * while all of that is blocked by asking for the status. Knows nothing of React.
 */
import { io } from 'socket.io-client'
import type { Snapshot } from '#lib/snapshot.ts'
import { startChecking } from './checking.ts'
import type { Tick } from './rows.ts'

/** What this page wants to hear of: all jobs of this browser, or the ones named. */
export type Scope = { mine: true } | { jobIds: readonly string[] }

/** `every` is in seconds. */
export type Link = { state: 'connecting' | 'live' } | { state: 'checking'; every: number }

export interface Hearing {
  told(jobs: readonly Snapshot[]): void
  moved(tick: Tick): void
  gone(id: string): void
  link(link: Link): void
  /** Ids of the jobs of which more is to come. */
  unfinished(): string[]
}

export interface Connection {
  /** Hears of these jobs too. */
  follow(jobIds: readonly string[]): void
  close(): void
}

/** A connection that is merely slow gets this long before the page starts to ask, in milliseconds. */
const GRACE_MS = 3000
/** A subscription without its answer for so long means a dead connection, as after a laptop's sleep. */
const ANSWER_MS = 5000
/** All pages are told to subscribe again at one moment; they must not all do it at one moment. In milliseconds. */
const RESYNC_MS = 200

/** Opens the connection and keeps it, through restarts of the server and sleep of the machine, until `close`. */
export function connect(scope: Scope, hearing: Hearing): Connection {
  // Without tryAllTransports a blocked WebSocket is the end: the client would never try long-polling.
  const socket = io({
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelayMax: 3000,
  })
  let grace: ReturnType<typeof setTimeout> | undefined
  let stopChecking: (() => void) | undefined
  let again: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  const ask = (wish: Scope) => {
    const turn = ++asked
    socket.timeout(ANSWER_MS).emit('subscribe', wish, (error: unknown, answer?: { jobs?: Snapshot[] }) => {
      if (answer?.jobs) hearing.told(answer.jobs)
      else if (error && turn === asked && socket.connected) socket.disconnect().connect()
    })
  }
  const subscribe = () => {
    if (!socket.connected) return
    ask(scope)
    // The list of mine is one page long; what this page still waits for may lie beyond it.
    const jobIds = hearing.unfinished()
    if ('mine' in scope && jobIds.length) ask({ jobIds })
  }
  const live = () => {
    clearTimeout(grace)
    stopChecking?.()
    stopChecking = undefined
    hearing.link({ state: 'live' })
    subscribe()
  }
  const check = () => {
    clearTimeout(grace)
    stopChecking ??= startChecking('mine' in scope, hearing)
  }
  const wait = () => {
    if (stopChecking) return
    hearing.link({ state: 'connecting' })
    clearTimeout(grace)
    grace = setTimeout(check, GRACE_MS)
  }
  const subscribeSoon = () => {
    clearTimeout(again)
    again = setTimeout(subscribe, RESYNC_MS * (0.5 + Math.random()))
  }
  const woken = () => document.visibilityState === 'visible' && subscribe()

  socket.on('connect', live).on('disconnect', wait).on('connect_error', check)
  socket.on('job', (job: Snapshot) => hearing.told([job]))
  socket.on('progress', (tick: Tick) => hearing.moved(tick))
  socket.on('gone', ({ id }: { id: string }) => hearing.gone(id))
  socket.on('resync', subscribeSoon)
  document.addEventListener('visibilitychange', woken)
  wait()

  return {
    follow(jobIds) {
      if (socket.connected) ask({ jobIds })
    },
    close() {
      clearTimeout(grace)
      clearTimeout(again)
      stopChecking?.()
      document.removeEventListener('visibilitychange', woken)
      socket.removeAllListeners()
      socket.disconnect()
    },
  }
}
