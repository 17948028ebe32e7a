import assert from 'node:assert/strict'
import { it } from 'node:test'
import { WebMetrics } from '#app/metrics.ts'
import { samplesOf } from '#test/metric-samples.ts'

const FIGURES = { stats: undefined, selfCheck: undefined, freeBytes: null, reserveBytes: 1 }

it('what happens before the library is loaded is counted, and the first scrape loads it', async () => {
  const metrics = new WebMetrics(new Promise(() => {}))
  for (let n = 0; n < 3; n++) metrics.observe({ type: 'created' })
  assert.equal(samplesOf(await metrics.text(FIGURES)).get('nightshift_jobs_created_total'), 3)
  metrics.observe({ type: 'created' })
  assert.equal(samplesOf(await metrics.text(FIGURES)).get('nightshift_jobs_created_total'), 4)
})

it('what is not known is left out', async () => {
  const samples = samplesOf(await new WebMetrics(Promise.resolve()).text(FIGURES))
  assert.equal(samples.get('nightshift_disk_reserve_bytes'), 1)
  for (const name of [
    'disk_free_bytes',
    'dead_letter_jobs',
    'oldest_waiting_seconds',
    'ready_workers',
    'self_check_ok',
  ])
    assert.equal(samples.has(`nightshift_${name}`), false, name)
})

it('a self-check is told with its time and whether it went well', async () => {
  const metrics = new WebMetrics(Promise.resolve())
  const run = { schedule: 'self-check', startedAt: new Date(90_000), tookMs: 2500 }
  const told = async (error: string | null) => {
    const samples = samplesOf(await metrics.text({ ...FIGURES, selfCheck: { ...run, error } }))
    return ['ok', 'time_seconds', 'took_seconds'].map(name => samples.get(`nightshift_self_check_${name}`))
  }
  assert.deepEqual(await told(null), [1, 90, 2.5])
  assert.deepEqual(await told('wrong_text'), [0, 90, 2.5])
})
