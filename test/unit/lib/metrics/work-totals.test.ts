import assert from 'node:assert/strict'
import { it } from 'node:test'
import { AggregatorRegistry } from 'prom-client'
import { createWorkMetrics } from '#lib/metrics/work-metrics.ts'
import { packTotals, unpackTotals } from '#lib/metrics/work-totals.ts'

/** A worker's metrics after some work. */
function worked() {
  const metrics = createWorkMetrics('worker')
  for (const waitedS of [0.05, 0.3, 7200, undefined]) metrics.record({ type: 'started', waitedS })
  metrics.record({ type: 'completed', tookS: 0.7 })
  metrics.record({ type: 'failed', code: 'cpu_limit', isDead: false })
  metrics.record({ type: 'failed', code: 'engine_crashed', isDead: true })
  metrics.record({ type: 'retried', code: 'engine_crashed' })
  metrics.record({ type: 'engineStarted' })
  metrics.record({ type: 'engineKilled', reason: 'limit' })
  return metrics
}

const known = () => createWorkMetrics('worker').registry.getMetricsAsJSON()

it('the totals of a worker are published as it would publish them itself, with its name', async () => {
  const { registry } = worked()
  const totals = packTotals(await registry.getMetricsAsJSON())
  const published = unpackTotals(JSON.parse(JSON.stringify(totals)), await known(), 'host/1')
  const text = await AggregatorRegistry.aggregate([published]).metrics()
  // Its own registry, with the name as the last label of each line.
  const named = (await registry.metrics())
    .replace(/^(\w+)\{(.*)\} /gm, '$1{$2,worker="host/1"} ')
    .replace(/^(\w+) (?=\d)/gm, '$1{worker="host/1"} ')
  assert.deepEqual(text.split('\n').toSorted(), named.split('\n').toSorted())
  assert.match(text, /nightshift_job_wait_seconds_bucket\{le="0.5",worker="host\/1"\} 2/)
  assert.match(text, /nightshift_job_wait_seconds_count\{worker="host\/1"\} 3/)
})

it('the totals of a worker stay small', async () => {
  const totals = packTotals(await worked().registry.getMetricsAsJSON())
  assert.ok(JSON.stringify(totals).length < 1000, JSON.stringify(totals))
})

it('what another version of a worker counts differently is left out', async () => {
  const totals = {
    counters: {
      jobs_completed_total: { '': 3 },
      of_tomorrow_total: { '': 1 },
      jobs_failed_total: { 'a b=c': 1 },
    },
    histograms: { job_wait_seconds: { sum: 1, buckets: [1, 1] } },
  }
  const text = await AggregatorRegistry.aggregate([unpackTotals(totals, await known(), 'host/1')]).metrics()
  const series = text.split('\n').filter(line => line && !line.startsWith('#'))
  assert.deepEqual(series, ['nightshift_jobs_completed_total{worker="host/1"} 3'])
})

it('a process has the metrics of what its role does, and no others', async () => {
  const web = createWorkMetrics('web')
  web.record({ type: 'created' })
  web.record({ type: 'completed', tookS: 1 })
  const text = await web.registry.metrics()
  assert.match(text, /^nightshift_jobs_created_total 1$/m)
  assert.doesNotMatch(text, /completed|engine/)
  assert.doesNotMatch(await worked().registry.metrics(), /created|cancelled_total/)
})
