/**
 * Adds up the processor time that processes use from the first look on, in milliseconds. What they had used before
 * does not count, and what one used that has ended since stays counted.
 */
export class ProcessorTime {
  #last: ReadonlyMap<number, number> | undefined
  #usedMs = 0

  get usedMs(): number {
    return this.#usedMs
  }

  /** Takes what each process has used since its start. Whoever is not at the first look has started since. */
  look(cpuMs: ReadonlyMap<number, number>): void {
    for (const [pid, ms] of cpuMs) {
      const before = this.#last ? (this.#last.get(pid) ?? 0) : ms
      this.#usedMs += Math.max(0, ms - before)
    }
    this.#last = cpuMs
  }
}
