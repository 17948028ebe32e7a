import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import type { Phase, Progress } from '#lib/vocabulary/job.ts'
import { Stopwatch } from '#worker/stopwatch.ts'

const at = (phase: Phase, percent: number | null = null): Progress => ({
  phase,
  current: null,
  total: null,
  unit: null,
  percent,
  indeterminate: percent === null,
})

describe('the stopwatch of an attempt', () => {
  it('measures loading and exporting by the engine’s reports', () => {
    let now = 0
    const clock = mock.method(performance, 'now', () => now)
    const stopwatch = new Stopwatch({ loadShare: null, seconds: null })
    for (const [time, phase] of [
      [100, 'loading'],
      [600, 'loading'],
      [1100, 'exporting'],
      [1900, 'exporting'],
      [2100, 'storing'],
    ] as const) {
      now = time
      stopwatch.onProgress(at(phase))
    }
    assert.deepEqual(stopwatch.timings(), { loadMs: 1000, exportMs: 1000 })
    assert.deepEqual(stopwatch.seconds(), { loading: 1, exporting: 1, total: now / 1000 })
    clock.mock.restore()
  })

  it('has no timings of an engine that never reported its export', () => {
    const stopwatch = new Stopwatch({ loadShare: null, seconds: null })
    stopwatch.onProgress(at('loading'))
    stopwatch.onProgress(at('storing'))
    assert.equal(stopwatch.timings(), undefined)
  })

  it('adds the time left where history knows it, and nothing where it does not', () => {
    const taught = new Stopwatch({ loadShare: 0.5, seconds: { low: 20, high: 30 } })
    assert.deepEqual(taught.onProgress(at('exporting', 5)).eta, { low: 19, high: 28.5 })
    assert.equal(
      'eta' in new Stopwatch({ loadShare: null, seconds: null }).onProgress(at('exporting', 5)),
      false,
    )
  })
})
