/** Adds up the processor time of one conversion in milliseconds, over the programs that work for it one after another. */
export class ProcessorTime {
  #endedMs = 0
  #runningMs = 0

  get usedMs(): number {
    return this.#endedMs + this.#runningMs
  }

  /** Takes what the program that runs now has used for this conversion. It may seem less while a child of it ends. */
  sees(ms: number): void {
    this.#runningMs = Math.max(this.#runningMs, ms)
  }

  /** The program has ended, having used `ms`; where it cannot tell, what was seen last counts. */
  ended(ms = 0): void {
    this.#endedMs += Math.max(this.#runningMs, ms)
    this.#runningMs = 0
  }
}
