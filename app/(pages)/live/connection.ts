/**
 * The page's live connection: events are pushed through Socket.IO (WebSocket first, then its long-polling); while both
 * are blocked the page polls the status. Independent of React.
 */
import { io, type Socket } from 'socket.io-client'
import type { MovedJob, Tick } from '#app/live/protocol.ts'
import type { BatchView } from '#lib/vocabulary/batch.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { MOST_JOBS, type Subscription, type SubscriptionAnswer } from '../../live/protocol.ts'
import { under } from './address.ts'
import { type JobListener, type LinkState, silence, silenceOf } from './job-listener.ts'
import { startPolling } from './polling.ts'
import { startSocketCheck } from './socket-check.ts'

/** How long the first connection may take before the page starts to poll, in milliseconds. */
const GRACE_MS = 4000
/** The same once there was one: within five seconds the page says that nobody answers. In milliseconds. */
const LATER_GRACE_MS = 1500
/** Shorter than the grace period, so that one try by WebSocket and one by long-polling fit into it. In milliseconds. */
const FIRST_TRY_MS = 2500
/**
 * A later connection or subscription without an answer for this long is dead, as after a laptop's sleep. In
 * milliseconds.
 */
const ANSWER_MS = 8000
/**
 * All pages get `resync` at the same moment; a random delay up to this long spreads their subscriptions. In
 * milliseconds.
 */
const RESYNC_MS = 200

/** Opens at once, and survives restarts of the server and sleep of the machine until `close`. */
export class Connection {
  readonly #scope: Subscription
  readonly #listener: JobListener
  readonly #socket: Socket
  #grace: ReturnType<typeof setTimeout> | undefined
  #again: ReturnType<typeof setTimeout> | undefined
  #graceMs = GRACE_MS
  #isSilent = false
  #stopPolling: (() => void) | undefined
  #stopSocketCheck: (() => void) | undefined
  #failures = 0
  #asked = 0

  constructor(scope: Subscription, listener: JobListener) {
    this.#scope = scope
    this.#listener = listener
    this.#socket = io({
      path: under('/socket.io'),
      transports: ['websocket', 'polling'],
      // Without this option the client never tries long-polling after a blocked WebSocket.
      tryAllTransports: true,
      timeout: FIRST_TRY_MS,
      reconnectionDelay: 300,
      reconnectionDelayMax: 3000,
    })
      .on('connect', this.#live)
      .on('disconnect', this.#wait)
      .on('connect_error', this.#failed)
      .on('job', (job: Snapshot) => listener.onJobs([job]))
      .on('progress', (tick: Tick) => listener.onProgress(tick))
      .on('batch', (batch: BatchView) => listener.onBatch(batch))
      .on('positions', (moved: MovedJob[]) => listener.onMoved(moved))
      .on('gone', ({ id }: { id: string }) => listener.onGone(id))
      .on('resync', this.#subscribeSoon)
    document.addEventListener('visibilitychange', this.#onVisible)
    addEventListener('online', this.#onOnline)
    this.#wait()
  }

  /** Subscribes to these jobs too. */
  follow(jobIds: readonly string[]): void {
    if (!this.#socket.connected) return
    for (let from = 0; from < jobIds.length; from += MOST_JOBS)
      this.#ask({ jobIds: jobIds.slice(from, from + MOST_JOBS) })
  }

  /** Subscribes to this batch too; it must have a job. */
  followBatch(batchId: string): void {
    if (this.#socket.connected) this.#ask({ batchId })
  }

  close(): void {
    clearTimeout(this.#grace)
    clearTimeout(this.#again)
    this.#stopPolling?.()
    this.#stopSocketCheck?.()
    document.removeEventListener('visibilitychange', this.#onVisible)
    removeEventListener('online', this.#onOnline)
    this.#socket.removeAllListeners()
    this.#socket.disconnect()
  }

  #ask(settings: Subscription): void {
    const number = ++this.#asked
    const socket = this.#socket
    socket.timeout(ANSWER_MS).emit('subscribe', settings, (error: unknown, answer?: SubscriptionAnswer) => {
      if (answer && 'jobs' in answer) {
        this.#listener.onJobs(answer.jobs)
        if (answer.batch) this.#listener.onBatch(answer.batch)
      }
      // A page loaded before an update may subscribe to something that the server no longer knows.
      else if (answer) this.#poll()
      else if (error && number === this.#asked && socket.connected) socket.disconnect().connect()
    })
  }

  #subscribe = () => {
    if (!this.#socket.connected) return
    if ('jobIds' in this.#scope) return this.follow(this.#scope.jobIds)
    this.#ask(this.#scope)
    // The list of own jobs is limited; unfinished jobs of this page may lie beyond it.
    this.follow(this.#listener.unfinished())
    for (const batchId of this.#listener.batches()) this.followBatch(batchId)
  }

  #subscribeSoon = () => {
    clearTimeout(this.#again)
    this.#again = setTimeout(this.#subscribe, RESYNC_MS * (0.5 + Math.random()))
  }

  #onVisible = () => {
    if (document.visibilityState === 'visible') this.#subscribe()
  }

  #onOnline = () => {
    if (!this.#socket.connected) this.#socket.disconnect().connect()
  }

  #live = () => {
    clearTimeout(this.#grace)
    this.#graceMs = LATER_GRACE_MS
    this.#stopPolling?.()
    this.#stopPolling = undefined
    this.#report({ state: 'live' })
    this.#subscribe()
    this.#listen()
  }

  /** Notices a server that hangs behind the open socket. */
  #listen(): void {
    const socket = this.#socket
    this.#stopSocketCheck?.()
    this.#stopSocketCheck = startSocketCheck({
      isNeeded: () => document.visibilityState === 'visible' && this.#listener.unfinished().length > 0,
      ask: withinMs => socket.timeout(withinMs).emitWithAck('alive'),
      onAnswer: () => this.#report({ state: 'live' }),
      onSilence: () => this.#report({ state: silence() }),
      onDead: () => socket.disconnect().connect(),
    })
  }

  #report(link: LinkState): void {
    this.#isSilent = silenceOf(link) !== null
    this.#listener.onLink(link)
  }

  #wait = () => {
    this.#stopSocketCheck?.()
    if (this.#stopPolling) return
    // A new try is no answer.
    const isKnown = this.#isSilent || !navigator.onLine
    this.#report({ state: isKnown ? silence() : 'connecting' })
    clearTimeout(this.#grace)
    this.#grace = setTimeout(this.#poll, this.#graceMs)
  }

  #failed = () => {
    this.#failures += 1
    if (this.#failures > 1) return this.#poll()
    // Some proxies accept a WebSocket and close it at once; the client waits that out without trying the next
    // transport. Long-polling first gets through wherever anything does, and is still upgraded to a WebSocket.
    this.#socket.io.opts.transports = ['polling', 'websocket']
    this.#socket.io.timeout(ANSWER_MS)
  }

  #poll = () => {
    clearTimeout(this.#grace)
    this.#stopPolling ??= startPolling('mine' in this.#scope, this.#listener)
  }
}
