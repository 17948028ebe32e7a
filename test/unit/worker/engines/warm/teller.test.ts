import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Progress } from '#lib/vocabulary/job.ts'
import { Teller } from '#worker/engines/warm/teller.ts'
import type { IndicatorEvent } from '#worker/uno/status-indicator.ts'

const start = (range: number): IndicatorEvent => ({ kind: 'start', text: '', range })
const value = (number: number): IndicatorEvent => ({ kind: 'value', value: number })

function listening(loadShare?: number, target = 'pdf') {
  const heard: Progress[] = []
  const onProgress = (progress: Progress) => heard.push(progress)
  const teller = new Teller({ format: 'pptx', target, loadShare, onProgress })
  return { teller, heard, percents: () => heard.map(({ percent }) => percent) }
}

describe('the teller', () => {
  it('takes no count for pages that is none of a print', () => {
    const { teller, heard } = listening(0.5, 'odp')
    teller.startExporting()
    for (const event of [start(1000), value(500)]) teller.exporting(event, 'presentation')
    assert.deepEqual([heard.at(-1)?.percent, heard.at(-1)?.current, teller.exported], [75, null, 0])
  })

  it('weighs both phases into one percentage that ends below 100', () => {
    const { teller, heard, percents } = listening(0.5)
    teller.startLoading()
    for (const event of [start(10_000), value(0), value(5000)]) teller.loading(event)
    teller.startExporting()
    for (const event of [start(4), value(0), value(1), value(2), value(3)])
      teller.exporting(event, 'presentation')
    assert.deepEqual(percents(), [null, 0, 25, 50, 50, 62, 75, 87])
    assert.deepEqual(
      heard.slice(-4).map(({ current, total, unit }) => [current, total, unit]),
      [1, 2, 3, 4].map(slide => [slide, 4, 'slide']),
    )
    assert.equal(teller.exported, 4)
  })

  it('is indeterminate as long as LibreOffice is silent, and then no more', () => {
    const { teller, heard } = listening(0.3)
    teller.startLoading()
    assert.deepEqual(heard, [
      { phase: 'loading', current: null, total: null, unit: null, percent: null, indeterminate: true },
    ])
    teller.startExporting()
    assert.deepEqual([heard[1]?.percent, heard[1]?.indeterminate], [30, false])
  })

  it('never goes back when LibreOffice begins to count anew', () => {
    const { teller, percents } = listening(0.5)
    for (const event of [start(100), value(80), { kind: 'reset' } as const, value(0), start(10), value(1)])
      teller.loading(event)
    assert.deepEqual(percents(), [40, 40, 40])
  })

  it('never tells 100, whatever LibreOffice counts', () => {
    const { teller, percents } = listening(0)
    for (const event of [start(2), value(2), value(7)]) teller.exporting(event, 'text')
    assert.deepEqual(percents(), [99, 99])
  })

  it('tells nothing of what counts towards nothing', () => {
    const { teller, heard } = listening()
    teller.loading(value(3))
    teller.exporting(value(3), 'text')
    for (const event of [start(0), value(1), { kind: 'end' } as const]) teller.exporting(event, 'text')
    assert.deepEqual(heard, [])
  })

  it('calls what a spreadsheet prints on pages', () => {
    const { teller, heard } = listening()
    for (const event of [start(3), value(0)]) teller.exporting(event, 'spreadsheet')
    assert.deepEqual([heard[0]?.unit, heard[0]?.current, heard[0]?.total], ['page', 1, 3])
  })
})
