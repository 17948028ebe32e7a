import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { WorkerStatus } from '#lib/jobs.ts'
import { createWorkMetrics } from '#lib/metrics/work-metrics.ts'
import { unpackTotals } from '#lib/metrics/work-totals.ts'
import { figureGauges } from './figure-gauges.ts'
import type { Figures } from './figures.ts'
import type { WebFact } from './web-fact.ts'
import { workerGauges } from './worker-gauges.ts'

/** Upper bounds in seconds. */
const LAGS_S = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** How exactly the delay of the event loop is measured: each measurement wakes the process. In milliseconds. */
const EVENT_LOOP_EVERY_MS = 100

/** Gauges that are named as counters, which promtool refuses; each is the sum of another metric. */
const MISNAMED = ['handles', 'requests', 'resources'].map(what => `nodejs_active_${what}_total`)

/** The metrics of one web process, and with them what the workers report of theirs. */
export class WebRegistry {
  readonly #own = new Registry()
  readonly #work = createWorkMetrics('web')
  /** Counts nothing: it tells what the workers count. */
  readonly #ofWorkers = createWorkMetrics('worker')
  readonly #live = liveMetrics(this.#own)
  readonly #setFigures = figureGauges(this.#own)
  readonly #setWorkers = workerGauges(this.#own)

  constructor() {
    collectDefaultMetrics({ register: this.#own, eventLoopMonitoringPrecision: EVENT_LOOP_EVERY_MS })
    for (const name of MISNAMED) this.#own.removeSingleMetric(name)
  }

  record(fact: WebFact): void {
    const { refused, received, sockets, lag } = this.#live
    if (fact.type === 'refused') refused.inc({ code: fact.code })
    else if (fact.type === 'received') received.inc(fact.bytes)
    else if (fact.type === 'pushed') lag.observe(fact.lagS)
    else if (fact.type === 'socketOpened') sockets.inc()
    else if (fact.type === 'socketClosed') sockets.dec()
    else this.#work.record(fact)
  }

  /** All metrics in Prometheus' text format. */
  async text(figures: Figures): Promise<string> {
    const workers = figures.stats?.workers ?? []
    this.#setFigures(figures)
    this.#setWorkers(workers)
    return `${await this.#own.metrics()}\n${await this.#workText(workers)}`
  }

  /** What each process counts of the work, this one without the label `worker`. */
  async #workText(workers: readonly WorkerStatus[]): Promise<string> {
    const [own, known] = await Promise.all([
      this.#work.registry.getMetricsAsJSON(),
      this.#ofWorkers.registry.getMetricsAsJSON(),
    ])
    const theirs = workers.flatMap(({ worker, activity }) =>
      activity?.totals ? [unpackTotals(activity.totals, known, worker)] : [],
    )
    return AggregatorRegistry.aggregate([own, ...theirs]).metrics()
  }
}

function liveMetrics(registry: Registry) {
  const registers = [registry]
  return {
    refused: new Counter({
      name: 'nightshift_jobs_refused_total',
      help: 'Files and calls of which no job or upload was made, by the code of the error.',
      labelNames: ['code'],
      registers,
    }),
    received: new Counter({
      name: 'nightshift_upload_bytes_total',
      help: 'Bytes of files that were received, those included that were refused then.',
      registers,
    }),
    sockets: new Gauge({
      name: 'nightshift_sockets',
      help: 'Connections to which changes of jobs are pushed.',
      registers,
    }),
    lag: new Histogram({
      name: 'nightshift_event_lag_seconds',
      help: 'From the end of a job to its push to the browsers that show it.',
      buckets: LAGS_S,
      registers,
    }),
  }
}
