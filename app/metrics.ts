import type { Figures } from './metrics/figures.ts'
import type { WebFact } from './metrics/web-fact.ts'
import type { WebRegistry } from './metrics/web-registry.ts'

/** What this web process counts and publishes. */
export class WebMetrics {
  readonly #loaded = Promise.withResolvers<WebRegistry>()
  #loading: Promise<void> | undefined

  /** The library is loaded when `mayLoad` resolves, or for the first scrape: no start waits for it. */
  constructor(mayLoad: Promise<unknown>) {
    // Where that fails, a scrape does and says so.
    mayLoad.then(() => this.#load()).catch(() => {})
  }

  /** Counts what happened, also what did before the library was loaded. */
  readonly observe = (fact: WebFact): void => {
    void this.#loaded.promise.then(registry => registry.record(fact))
  }

  /** All metrics in Prometheus' text format, with these figures. */
  async text(figures: Figures): Promise<string> {
    await this.#load()
    return (await this.#loaded.promise).text(figures)
  }

  #load(): Promise<void> {
    this.#loading ??= import('./metrics/web-registry.ts').then(({ WebRegistry }) =>
      this.#loaded.resolve(new WebRegistry()),
    )
    return this.#loading
  }
}
