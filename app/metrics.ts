import type { Figures } from './metrics/figures.ts'
import type { WebFact } from './metrics/web-fact.ts'
import type { WebRegistry } from './metrics/web-registry.ts'

/** So many facts may wait for the library: whoever starts this process may never say that it may be loaded. */
const MOST_EARLY = 1000

/** What this web process counts and publishes. */
export class WebMetrics {
  readonly #loaded = Promise.withResolvers<WebRegistry>()
  #loading: Promise<void> | undefined
  #early = 0

  /** The library is loaded when `mayLoad` resolves, or for the first scrape: no start waits for it. */
  constructor(mayLoad: Promise<unknown>) {
    void mayLoad.then(() => this.#loadSoon())
  }

  /** Counts what happened, also what did before the library was loaded. */
  readonly observe = (fact: WebFact): void => {
    if (!this.#loading && ++this.#early > MOST_EARLY) this.#loadSoon()
    void this.#loaded.promise.then(registry => registry.record(fact))
  }

  /** All metrics in Prometheus' text format, with these figures. */
  async text(figures: Figures): Promise<string> {
    await this.#load()
    return (await this.#loaded.promise).text(figures)
  }

  /** Where it fails, a scrape does too and says so. */
  #loadSoon(): void {
    this.#load().catch(() => {})
  }

  #load(): Promise<void> {
    this.#loading ??= import('./metrics/web-registry.ts').then(({ WebRegistry }) =>
      this.#loaded.resolve(new WebRegistry()),
    )
    return this.#loading
  }
}
