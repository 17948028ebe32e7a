import { AppError } from '#lib/vocabulary/errors.ts'
import { unsafe } from './finding.ts'
import { type Flags, noFlags } from './flags.ts'
import type { ScanLimits } from './scan-limits.ts'

/** Bytes between two pauses; some ten milliseconds of work. */
const BREATH_BYTES = 4e6

/** One scan of a document with everything embedded in it: its counters and findings. */
export class Inspection {
  readonly flags: Flags = noFlags()
  readonly limits: ScanLimits
  #expanded = 0
  #archives = 0
  #entries = 0
  #sinceBreath = 0

  constructor(limits: ScanLimits) {
    this.limits = limits
  }

  /** Counts unpacked bytes. @throws AppError `expands_too_large` */
  expand(bytes: number): void {
    this.#expanded += bytes
    if (this.#expanded <= this.limits.expandedBytes) return
    throw new AppError('expands_too_large', { details: { limit: this.limits.expandedBytes / 1e6 } })
  }

  /**
   * Counts an archive. @throws AppError `unsafe_archive` where there are too many archives or they are nested too
   * deeply, `too_many_entries`
   */
  enterArchive(depth: number, entries: number): void {
    if (depth > this.limits.archiveDepth) throw unsafe('it holds archives in archives in archives')
    if (++this.#archives > this.limits.archives) throw unsafe('it holds more archives than any document')
    this.#entries += entries
    if (this.#entries <= this.limits.allEntries) return
    throw new AppError('too_many_entries', {
      details: { count: this.#entries, limit: this.limits.allEntries },
    })
  }

  /** Yields to the event loop now and then, because scanning megabytes in memory never waits for I/O. */
  async breathe(bytes: number): Promise<void> {
    this.#sinceBreath += bytes
    if (this.#sinceBreath < BREATH_BYTES) return
    this.#sinceBreath = 0
    await new Promise(resolve => setImmediate(resolve))
  }
}
