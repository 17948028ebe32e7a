/**
 * The values of a worker's metrics in the form in which they travel with its report: small, because each report is
 * written every few seconds. What a name means is known where they are published.
 */
import type { WorkTotals } from '../worker-activity.ts'

const PREFIX = 'nightshift_'
/** A label and its value; none is written as an empty text. */
const LABEL = /^([a-z_]+)=([\w-]+)$/

/** A metric with its values, in the library's own form. */
export interface MetricJson {
  name: string
  help: string
  /** Such as `counter`; the library's own types say a number. */
  type: unknown
  aggregator: string
  values: MetricJsonValue[]
}

interface MetricJsonValue {
  value: number
  labels: Readonly<Record<string, string | number | undefined>>
  metricName?: string
}

/** Counters have one label at the most, histograms none. */
export function packTotals(metrics: readonly MetricJson[]): WorkTotals {
  const totals: WorkTotals = { counters: {}, histograms: {} }
  for (const { name, type, values } of metrics) {
    const short = name.slice(PREFIX.length)
    if (type === 'counter')
      totals.counters[short] = Object.fromEntries(values.map(({ labels, value }) => [keyOf(labels), value]))
    else {
      const sum = values.find(({ metricName }) => metricName === `${name}_sum`)?.value ?? 0
      totals.histograms[short] = { sum, buckets: values.filter(isBucket).map(({ value }) => value) }
    }
  }
  return totals
}

function keyOf(labels: MetricJsonValue['labels']): string {
  const [label] = Object.entries(labels)
  return label ? label.join('=') : ''
}

const isBucket = ({ labels }: MetricJsonValue) => labels.le !== undefined

/**
 * The metrics of a worker, with its name as a label. `known` are those of this version: what only another one counts, or
 * counts in other buckets, is left out.
 */
export function unpackTotals(
  { counters, histograms }: WorkTotals,
  known: readonly MetricJson[],
  worker: string,
): MetricJson[] {
  return known.map(metric => {
    const short = metric.name.slice(PREFIX.length)
    const [counter, histogram] = [counters[short], histograms[short]]
    if (metric.type === 'counter') return { ...metric, values: counterValues(counter ?? {}, worker) }
    return { ...metric, values: histogram ? histogramValues(histogram, metric.values, worker) : [] }
  })
}

function counterValues(counter: Readonly<Record<string, number>>, worker: string): MetricJsonValue[] {
  return Object.entries(counter).flatMap(([key, value]) => {
    const [, label, text = ''] = LABEL.exec(key) ?? []
    if (key !== '' && label === undefined) return []
    return [{ value, labels: { ...(label !== undefined && { [label]: text }), worker } }]
  })
}

function histogramValues(
  { sum, buckets }: WorkTotals['histograms'][string],
  known: readonly MetricJsonValue[],
  worker: string,
): MetricJsonValue[] {
  if (known.filter(isBucket).length !== buckets.length) return []
  return known.map((value, index) => ({
    ...value,
    labels: { ...value.labels, worker },
    // The last bucket has all of them.
    value: value.metricName?.endsWith('_sum') ? sum : (buckets[index] ?? buckets.at(-1) ?? 0),
  }))
}
