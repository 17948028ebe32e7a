/** How long a deletion can be undone, in milliseconds. */
export const UNDO_MS = 10_000

/** All jobs of this browser, as the key of a deletion. */
export const ALL_JOBS = ''

/** What disappeared from the page and can still be undone. */
export interface PendingDeletion {
  /** The id of a job or batch, or `ALL_JOBS`. */
  key: string
  /** What the user sees beside “Undo”. */
  sentence: string
  /** What it is, for whoever only hears the button. */
  what: string
}

interface Options {
  /** Deletes for good. `isLeaving`: the page is closed, and nobody waits for the answer. */
  send(key: string, isLeaving: boolean): Promise<void>
  show(pending: readonly PendingDeletion[]): void
}

/** Deletions that are carried out after `UNDO_MS`, or when the page is left. Independent of React. */
export class PendingDeletions {
  readonly #options: Options
  readonly #pending = new Map<string, PendingDeletion>()
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()

  constructor(options: Options) {
    this.#options = options
  }

  add(deletion: PendingDeletion): void {
    const { key } = deletion
    if (this.#pending.has(key)) return
    this.#pending.set(key, deletion)
    this.#timers.set(
      key,
      setTimeout(() => void this.#send(key, false), UNDO_MS),
    )
    this.#show()
  }

  /** Does nothing where it was sent already. */
  undo(key: string): void {
    if (!this.#stopTimer(key)) return
    this.#pending.delete(key)
    this.#show()
  }

  /** Sends what is pending, since nobody can undo it any more. */
  leave(): void {
    for (const key of [...this.#timers.keys()]) void this.#send(key, true)
  }

  /** The rows stay hidden until the answer is here. */
  async #send(key: string, isLeaving: boolean): Promise<void> {
    if (!this.#stopTimer(key)) return
    await this.#options.send(key, isLeaving)
    this.#pending.delete(key)
    this.#show()
  }

  #stopTimer(key: string): boolean {
    clearTimeout(this.#timers.get(key))
    return this.#timers.delete(key)
  }

  #show(): void {
    this.#options.show([...this.#pending.values()])
  }
}
