import type { Figures } from './metrics/figures.ts'
import type { WebFact } from './metrics/web-fact.ts'
import type { WebRegistry } from './metrics/web-registry.ts'

/** What this web process counts and publishes. */
export class WebMetrics {
  readonly #loading: Promise<WebRegistry>

  /** The library is loaded when `mayLoad` resolves: no start waits for it. What happens before is counted then. */
  constructor(mayLoad: Promise<unknown>) {
    this.#loading = mayLoad
      .then(() => import('./metrics/web-registry.ts'))
      .then(({ WebRegistry }) => new WebRegistry())
  }

  /** Counts what happened. */
  readonly observe = (fact: WebFact): void => {
    void this.#loading.then(registry => registry.record(fact))
  }

  /** All metrics in Prometheus' text format, with these figures. */
  async text(figures: Figures): Promise<string> {
    return (await this.#loading).text(figures)
  }
}
