import assert from 'node:assert/strict'
import { it } from 'node:test'
import { ProcessorTime } from '#worker/watch/processor-time.ts'

/** What is counted after looks that saw these processes, each with its time so far. */
function counted(...looks: Record<number, number>[]): number {
  const time = new ProcessorTime()
  for (const look of looks) time.look(new Map(Object.entries(look).map(([pid, ms]) => [Number(pid), ms])))
  return time.usedMs
}

it('does not count what a process used for the documents before', () => {
  assert.equal(counted({ 7: 500_000 }), 0)
  assert.equal(counted({ 7: 500_000 }, { 7: 500_300 }), 300)
})

it('counts all processes together, and those that start later from their start', () => {
  assert.equal(counted({ 7: 100, 8: 100 }, { 7: 150, 8: 110 }, { 7: 150, 8: 110, 9: 40 }), 100)
})

it('keeps what a process used that has ended', () => {
  assert.equal(counted({ 7: 100, 8: 0 }, { 7: 100, 8: 90 }, { 7: 110 }), 100)
})
