import type { Texts } from '../messages/texts.ts'
import { announcements, isFinished, isSameStanding } from './announcements.ts'
import type { Rows } from './rows.ts'

/** So long nothing must happen before what happened is announced, in milliseconds. */
export const QUIET_MS = 1000
/** Where something happens all the time, the longest that an announcement waits, in milliseconds. */
export const LONGEST_MS = 5000
/** While many files are under way, the least time between two announcements, in milliseconds. */
export const BUSY_MS = 15_000
/** Up to this number of files under way each end is told soon. */
const FEW = 3

/** Gathers the changes of the rows, so that a hundred of them are one announcement. Independent of React. */
export class Announcer {
  readonly #announce: (sentence: string) => void
  readonly #texts: Texts
  #rows: Rows
  /** The rows as they were when the last announcement was made. */
  #told: Rows
  /** The keys of all that was an upload here; it is news until it is told, also once it is a job. */
  readonly #uploads = new Set<string>()
  #toldAt = 0
  /** The first change that was not announced yet. */
  #changedAt: number | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(rows: Rows, texts: Texts, announce: (sentence: string) => void) {
    this.#texts = texts
    this.#rows = rows
    this.#told = rows
    this.#announce = announce
  }

  /** These are the rows now. A job that is new here was sent elsewhere or before: only what becomes of it is told. */
  changed(rows: Rows): void {
    const isSteady = isSameStanding(this.#rows, rows)
    this.#rows = rows
    if (isSteady) return
    this.knows(rows.filter(row => row.kind === 'job'))
    for (const row of rows) if (row.kind === 'upload') this.#uploads.add(row.key)
    this.#wait()
  }

  /** These rows are no news as they are. */
  knows(rows: Rows): void {
    const told = new Set(this.#told.map(row => row.key))
    const fresh = rows.filter(({ key }) => !told.has(key) && !this.#uploads.has(key))
    if (fresh.length > 0) this.#told = [...this.#told, ...fresh]
  }

  #wait(): void {
    const now = Date.now()
    this.#changedAt ??= now
    const isBusy = this.#rows.filter(row => !isFinished(row)).length > FEW
    const quietAt = Math.min(now + QUIET_MS, this.#changedAt + LONGEST_MS)
    const dueAt = Math.max(quietAt, isBusy ? this.#toldAt + BUSY_MS : 0)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#tell(), dueAt - now)
  }

  #tell(): void {
    const sentence = announcements(this.#told, this.#rows, this.#texts)
    this.#told = this.#rows
    this.#changedAt = undefined
    if (!sentence) return
    this.#toldAt = Date.now()
    this.#announce(sentence)
  }
}
