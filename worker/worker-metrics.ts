import type { WorkFact } from '#lib/metrics/work-fact.ts'
import type { WorkMetrics } from '#lib/metrics/work-metrics.ts'
import { packTotals } from '#lib/metrics/work-totals.ts'
import type { WorkerActivity } from '#lib/worker-activity.ts'

/** What a worker counts. It has no port: its reports carry the totals. */
export class WorkerMetrics {
  readonly #loading = Promise.withResolvers<WorkMetrics>()
  #mayLoad = false
  #loaded: WorkMetrics | undefined

  /** Counts what happened, also what did before the library was loaded. */
  readonly observe = (fact: WorkFact): void => {
    void this.#loading.promise.then(({ record }) => record(fact))
  }

  /** Lets the next report load the library: no start and no first job waits for that. */
  mayLoad(): void {
    this.#mayLoad = true
  }

  /** The totals for a report; none until the library is loaded. */
  async told(): Promise<Pick<WorkerActivity, 'totals'>> {
    if (!this.#mayLoad) return {}
    this.#loaded ??= await this.#load()
    return { totals: packTotals(await this.#loaded.registry.getMetricsAsJSON()) }
  }

  async #load(): Promise<WorkMetrics> {
    const { createWorkMetrics } = await import('#lib/metrics/work-metrics.ts')
    // Two reports at once make one.
    this.#loaded ??= createWorkMetrics('worker')
    this.#loading.resolve(this.#loaded)
    return this.#loaded
  }
}
