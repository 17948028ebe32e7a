import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Progress } from '#lib/vocabulary/job.ts'
import { ProgressMapper } from '#worker/engines/warm/progress-mapper.ts'
import type { IndicatorEvent } from '#worker/uno/status-indicator.ts'

const start = (range: number): IndicatorEvent => ({ kind: 'start', text: '', range })
const value = (number: number): IndicatorEvent => ({ kind: 'value', value: number })

function listening(loadShare?: number, target = 'pdf') {
  const heard: Progress[] = []
  const onProgress = (progress: Progress) => heard.push(progress)
  const mapper = new ProgressMapper({ format: 'pptx', target, loadShare, onProgress })
  return { mapper, heard, percents: () => heard.map(({ percent }) => percent) }
}

describe('the progress mapper', () => {
  it('takes no count for pages that is none of a print', () => {
    const { mapper, heard } = listening(0.5, 'odp')
    mapper.startExporting()
    for (const event of [start(1000), value(500)]) mapper.exporting(event, 'presentation')
    assert.deepEqual([heard.at(-1)?.percent, heard.at(-1)?.current, mapper.exported], [75, null, 0])
  })

  it('weighs both phases into one percentage that ends below 100', () => {
    const { mapper, heard, percents } = listening(0.5)
    mapper.startLoading()
    for (const event of [start(10_000), value(0), value(5000)]) mapper.loading(event)
    mapper.startExporting()
    for (const event of [start(4), value(0), value(1), value(2), value(3)])
      mapper.exporting(event, 'presentation')
    assert.deepEqual(percents(), [null, 0, 25, 50, 50, 62, 75, 87])
    assert.deepEqual(
      heard.slice(-4).map(({ current, total, unit }) => [current, total, unit]),
      [1, 2, 3, 4].map(slide => [slide, 4, 'slide']),
    )
    assert.equal(mapper.exported, 4)
  })

  it('is indeterminate as long as LibreOffice is silent, and then no more', () => {
    const { mapper, heard } = listening(0.3)
    mapper.startLoading()
    assert.deepEqual(heard, [
      { phase: 'loading', current: null, total: null, unit: null, percent: null, indeterminate: true },
    ])
    mapper.startExporting()
    assert.deepEqual([heard[1]?.percent, heard[1]?.indeterminate], [30, false])
  })

  it('never goes back when LibreOffice begins to count anew', () => {
    const { mapper, percents } = listening(0.5)
    for (const event of [start(100), value(80), { kind: 'reset' } as const, value(0), start(10), value(1)])
      mapper.loading(event)
    assert.deepEqual(percents(), [40, 40, 40])
  })

  it('never reports 100, whatever LibreOffice counts', () => {
    const { mapper, percents } = listening(0)
    for (const event of [start(2), value(2), value(7)]) mapper.exporting(event, 'text')
    assert.deepEqual(percents(), [99, 99])
  })

  it('reports nothing for a range of zero', () => {
    const { mapper, heard } = listening()
    mapper.loading(value(3))
    mapper.exporting(value(3), 'text')
    for (const event of [start(0), value(1), { kind: 'end' } as const]) mapper.exporting(event, 'text')
    assert.deepEqual(heard, [])
  })

  it('calls what a spreadsheet prints on pages', () => {
    const { mapper, heard } = listening()
    for (const event of [start(3), value(0)]) mapper.exporting(event, 'spreadsheet')
    assert.deepEqual([heard[0]?.unit, heard[0]?.current, heard[0]?.total], ['page', 1, 3])
  })
})
