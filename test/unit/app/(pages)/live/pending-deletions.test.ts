import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PendingDeletion, PendingDeletions, UNDO_MS } from '#app/(pages)/live/pending-deletions.ts'

const deletion = (key: string) => ({ key, sentence: key, what: key })

function pendingDeletions() {
  const sent: [string, boolean][] = []
  let shown: readonly PendingDeletion[] = []
  const deletions = new PendingDeletions({
    send: async (key, isLeaving) => void sent.push([key, isLeaving]),
    show: pending => {
      shown = pending
    },
  })
  return { sent, deletions, shown: () => shown.map(({ key }) => key) }
}

test('a deletion is sent once its time to be undone is over, and once only', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { sent, deletions, shown } = pendingDeletions()
  for (const _ of [1, 2]) deletions.add(deletion('a'))
  t.mock.timers.tick(UNDO_MS - 1)
  assert.deepEqual([sent, shown()], [[], ['a']])
  t.mock.timers.tick(1)
  await Promise.resolve()
  deletions.leave()
  assert.deepEqual([sent, shown()], [[['a', false]], []])
})

test('a deletion that is undone is never sent, and one that was sent cannot be undone', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const { sent, deletions, shown } = pendingDeletions()
  for (const key of ['a', 'b']) deletions.add(deletion(key))
  deletions.undo('a')
  assert.deepEqual(shown(), ['b'])
  t.mock.timers.tick(UNDO_MS)
  deletions.undo('b')
  assert.deepEqual(sent, [['b', false]])
})

test('what can still be undone is sent when the page is left', () => {
  const { sent, deletions } = pendingDeletions()
  for (const key of ['a', 'b']) deletions.add(deletion(key))
  deletions.leave()
  assert.deepEqual(sent, [
    ['a', true],
    ['b', true],
  ])
})
