import { join } from 'node:path'
import type { Conversion, Converted, Engine, LentEngine } from '#worker/engine.ts'
import type { ProcessorTime } from '#worker/watchdog/processor-time.ts'
import { copyRegular } from './copy-regular.ts'

export interface LentWorkOptions {
  conversion: Conversion & { processor: ProcessorTime }
  lend: NonNullable<Engine['lend']>
  /** Its part is lost: whatever it was, the document's own engine does that, and fails where it cannot be done. */
  onLost(): void
}

/** What a lent engine does of one conversion, from the loading of the document on. */
export class LentWork {
  readonly #given: LentWorkOptions
  readonly #ending = new AbortController()
  #lent: LentEngine | undefined
  #made: Promise<Converted | undefined> | undefined

  constructor(options: LentWorkOptions) {
    this.#given = options
  }

  get isPaused(): boolean {
    return this.#lent?.isPaused ?? false
  }

  /** Whether it has begun. */
  get hasBegun(): boolean {
    return this.#made !== undefined
  }

  /** Takes an idle engine for what `begin` will do; false where there is none. */
  lend(): boolean {
    this.#lent ??= this.#given.lend(this.#given.conversion.directory)
    return this.#lent !== undefined
  }

  /**
   * Converts the same document with these differences. Something must be lent; `keep` copies what is needed from its
   * folder.
   */
  begin(share: Partial<Conversion>, keep = (made: Converted) => Promise.resolve(made)): void {
    if (this.#lent) this.#made = this.#convert(this.#lent, share, keep)
  }

  /** Its result as it was kept; undefined where there is none or it is lost. */
  async made(): Promise<Converted | undefined> {
    return this.#made
  }

  /** Ends what it does, because nobody needs it any more. */
  async end(): Promise<void> {
    this.#ending.abort()
    if (this.hasBegun) await this.#made
    else await this.#giveBack()
  }

  async #giveBack(): Promise<void> {
    const lent = this.#lent
    this.#lent = undefined
    await lent?.giveBack()
  }

  async #convert(
    lent: LentEngine,
    share: Partial<Conversion>,
    keep: (made: Converted) => Promise<Converted>,
  ): Promise<Converted | undefined> {
    const { conversion, onLost } = this.#given
    const { signal, sourcePath, format } = conversion
    const source = join(lent.directory, `source.${format}`)
    try {
      await copyRegular(sourcePath, source)
      const made = await lent.convert({
        ...silent(conversion),
        ...{ sourcePath: source, directory: lent.directory },
        signal: AbortSignal.any([signal, this.#ending.signal]),
        processor: conversion.processor.beside(),
        ...share,
      })
      return await keep(made)
    } catch {
      onLost()
      return undefined
    } finally {
      const back = this.#giveBack()
      // Closing a document takes a second, for which a result need not wait.
      if (this.#ending.signal.aborted || signal.aborted) await back
    }
  }
}

/** The same conversion, of which all was told before. */
export function silent({ onFirstPage: _, onNote: __, ...conversion }: Conversion): Conversion {
  return { ...conversion, onProgress: () => {} }
}
