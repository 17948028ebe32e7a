import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Progress } from '#lib/vocabulary/job.ts'
import { SharedProgress } from '#worker/shared-export/shared-progress.ts'

const slide = (current: number | null, percent: number): Progress => ({
  ...{ phase: 'exporting', current, total: current === null ? null : 10, unit: 'slide' },
  ...{ percent, indeterminate: false },
})

test('one bar counts the slides of both engines and never goes back', () => {
  const told: string[] = []
  const progress = new SharedProgress(({ current, total, percent }) =>
    told.push(`${current}/${total} ${percent}`),
  )
  progress.own(slide(null, 40))
  progress.own(slide(2, 46))
  progress.both(3, 10)
  progress.both(4, 10)
  // The own engine passes pages of the other one.
  progress.own(slide(9, 88))
  progress.both(5, 10)
  assert.deepEqual(told, ['null/null 40', '2/10 46', '3/10 52', '4/10 58', '5/10 64'])
})

test('what one engine reports alone is passed on as it is', () => {
  const told: Progress[] = []
  const progress = new SharedProgress(one => told.push(one))
  const all = [slide(null, 40), slide(1, 40), slide(2, 46)]
  for (const one of all) progress.own(one)
  assert.deepEqual(told, all)
})
