import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Announcer, BUSY_MS, GATHER_MS } from '#app/(pages)/live/announcer.ts'
import type { Rows } from '#app/(pages)/live/rows.ts'
import { ENGLISH } from '../english.ts'
import { job } from './samples.ts'

/** The first `done` of so many jobs have ended. */
const rows = (all: number, done: number): Rows =>
  Array.from({ length: all }, (_, n) => job({ id: `${n}`, state: n < done ? 'completed' : 'running' }))

test('a hundred ends one after another are few announcements, and the last ones are told by name', t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 })
  const heard: string[] = []
  const announcer = new Announcer(rows(100, 0), ENGLISH, sentence =>
    heard.push(sentence.replaceAll('\u00a0', ' ')),
  )
  for (let done = 1; done <= 100; done++) {
    announcer.changed(rows(100, done))
    t.mock.timers.tick(100)
  }
  t.mock.timers.tick(GATHER_MS)
  const last = Array.from({ length: 3 }, () => 'deck.pptx is done.').join(' ')
  assert.deepEqual(heard, ['10 files ended: 10 done.', '87 files ended: 87 done.', last])
})

test('changes that never pause are told of all the same, and while many are under way not often', t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 })
  const heard: string[] = []
  const announcer = new Announcer(rows(100, 0), ENGLISH, sentence => heard.push(sentence))
  for (let ms = 0; ms < 2 * BUSY_MS; ms += 100) {
    announcer.changed(rows(100, Math.floor(ms / 1000)))
    t.mock.timers.tick(100)
  }
  assert.equal(heard.length, 2)
})
