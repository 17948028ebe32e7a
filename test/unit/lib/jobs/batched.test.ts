import assert from 'node:assert/strict'
import { test } from 'node:test'
import { batched } from '#lib/jobs/batched.ts'

const fulfilled = (value: string) => ({ status: 'fulfilled' as const, value })

test('what is asked for during a run gathers for the next, and everybody gets the own answer', async () => {
  const runs: string[][] = []
  const ask = batched(async (asked: string[]) => {
    runs.push(asked)
    return asked.map(each => fulfilled(each.toUpperCase()))
  })
  assert.deepEqual(await Promise.all(['a', 'b', 'c'].map(ask)), ['A', 'B', 'C'])
  assert.deepEqual(runs, [['a'], ['b', 'c']])
  assert.equal(await ask('d'), 'D')
})

test('one refusal is one asker’s; a run that fails is everybody’s, and the next goes on', async () => {
  const broken = new Error('broken')
  const ask = batched(async (asked: string[]) => {
    if (asked.includes('bomb')) throw broken
    return asked.map(each =>
      each === 'no' ? { status: 'rejected' as const, reason: 'refused' } : fulfilled(each),
    )
  })
  const outcomes = await Promise.allSettled(['first', 'no', 'yes'].map(ask))
  assert.deepEqual(outcomes, [
    fulfilled('first'),
    { status: 'rejected', reason: 'refused' },
    fulfilled('yes'),
  ])
  await assert.rejects(ask('bomb'), broken)
  assert.equal(await ask('after'), 'after')
})
