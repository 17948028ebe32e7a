import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupsOf } from '#app/(pages)/live/batch-group.ts'
import { ENGLISH } from '../english.ts'
import { job, NOW, progress, upload } from './samples.ts'

const RESULT = { fileName: 'deck.pdf', bytes: 1, pages: 1, sha256: '00' }

test('the rows of one drop are a group, which is as far as its files are on average', () => {
  const rows = [
    job({ id: 'a', state: 'completed', result: RESULT }),
    job({ id: 'b', state: 'running', progress: progress({ percent: 40 }) }),
    job({ id: 'c' }),
    upload({ key: 'd' }),
    job({ id: 'e', batchId: 'batch-2', state: 'failed' }),
  ]
  const groups = groupsOf(rows, { now: NOW, texts: ENGLISH })
  assert.deepEqual(
    groups.map(({ batchId, rows, percent, actions }) => [batchId, rows.length, percent, actions]),
    [
      ['batch-1', 4, 35, ['download', 'cancel']],
      ['batch-2', 1, 100, ['delete', 'retry']],
    ],
  )
})

test('a group has the name of the folder that all its files lie in', () => {
  const folder = (...folders: string[]) =>
    groupsOf(
      folders.map((folder, n) => job({ id: `${n}`, folder })),
      { now: NOW, texts: ENGLISH },
    )[0]?.folder
  assert.equal(folder('Talks', 'Talks/2026'), 'Talks')
  assert.equal(folder('Talks', 'Notes'), null)
  assert.equal(folder('', ''), null)
})

test('what is deleted already is neither downloaded nor tried again', () => {
  const expiresAt = new Date(NOW - 1).toISOString()
  const rows = [
    job({ id: 'a', state: 'completed', result: RESULT, expiresAt }),
    job({ id: 'b', state: 'failed', expiresAt }),
  ]
  assert.deepEqual(groupsOf(rows, { now: NOW, texts: ENGLISH })[0]?.actions, ['delete'])
})

test('a group goes on while something of it ends by itself, not while it waits for the user', () => {
  const goesOn = (...rows: Parameters<typeof groupsOf>[0]) =>
    groupsOf(rows, { now: NOW, texts: ENGLISH })[0]?.goesOn
  const done = job({ id: 'a', state: 'completed', result: RESULT })
  const locked = job({ id: 'b', needs: 'password' })
  assert.equal(goesOn(done, locked), false)
  assert.equal(goesOn(done, locked, upload({ state: 'paused' })), false)
  assert.equal(goesOn(done, locked, upload({ state: 'offline' })), true)
  assert.equal(goesOn(locked, job({ id: 'c', state: 'running' })), true)
})
