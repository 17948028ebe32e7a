import { setTimeout as wait } from 'node:timers/promises'
import type { Logger } from '#lib/log.ts'
import { asAppError } from '#lib/vocabulary/errors.ts'

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** A single failed start may be accidental. */
const PROBLEM_FROM = 3

export interface StartBackoffOptions {
  log: Logger
  /** Called with a sentence for the operator after repeated failures, and with null after the next success. */
  onProblem(problem: string | null): void
  firstWaitMs?: number
}

/** The backoff of starts: after each failure the next one waits longer, up to half a minute. */
export class StartBackoff {
  readonly #options: StartBackoffOptions
  readonly #stopping = new AbortController()
  #failures = 0
  #wait: Promise<void> | undefined

  constructor(options: StartBackoffOptions) {
    this.#options = options
  }

  /** Resolves when the next start may be tried: at once unless the last one failed. */
  async mayStart(): Promise<void> {
    await this.#wait
  }

  succeeded(): void {
    if (this.#failures >= PROBLEM_FROM) this.#options.onProblem(null)
    this.#failures = 0
    this.#wait = undefined
  }

  failed(thrown: unknown): void {
    const error = asAppError(thrown)
    const { log, onProblem, firstWaitMs = FIRST_WAIT_MS } = this.#options
    this.#failures++
    const ms = Math.min(LONGEST_WAIT_MS, firstWaitMs * 2 ** (this.#failures - 1))
    log.warn({ err: error, failures: this.#failures, nextInMs: ms }, 'an engine could not be started')
    this.#wait = wait(ms, undefined, { signal: this.#stopping.signal }).catch(() => {})
    if (this.#failures >= PROBLEM_FROM)
      onProblem(`Engines cannot be started. ${error.message.replace(`${error.code}: `, '')}`)
  }

  stop(): void {
    this.#stopping.abort()
  }
}
