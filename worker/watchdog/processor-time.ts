/**
 * Adds up the processor time of one conversion in milliseconds, over the programs that work on it one after another.
 */
export class ProcessorTime {
  readonly #beside: ProcessorTime[] = []
  #endedMs = 0
  #runningMs = 0

  get usedMs(): number {
    return this.#beside.reduce((sum, { usedMs }) => sum + usedMs, this.#endedMs + this.#runningMs)
  }

  /** The time of programs that run at the same time; it counts here as well. */
  beside(): ProcessorTime {
    const other = new ProcessorTime()
    this.#beside.push(other)
    return other
  }

  /** Records the usage of the running program. It may decrease for a moment while a child ends. */
  sees(ms: number): void {
    this.#runningMs = Math.max(this.#runningMs, ms)
  }

  /** Records a program's end with its total of `ms` milliseconds; without a total the last measured usage counts. */
  ended(ms = 0): void {
    this.#endedMs += Math.max(this.#runningMs, ms)
    this.#runningMs = 0
  }
}
