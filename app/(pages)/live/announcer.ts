import type { Texts } from '../messages/texts.ts'
import { announcements, isFinished } from './announcements.ts'
import type { Rows } from './rows.ts'

/** Changes of one moment are one announcement, in milliseconds. */
export const GATHER_MS = 1000
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

  /** These are the rows now. */
  changed(rows: Rows): void {
    this.#rows = rows
    this.#changedAt ??= Date.now()
    const isBusy = rows.filter(row => !isFinished(row)).length > FEW
    const dueAt = Math.max(this.#changedAt + GATHER_MS, isBusy ? this.#toldAt + BUSY_MS : 0)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#tell(), dueAt - Date.now())
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
