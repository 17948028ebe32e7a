import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Announcer, BUSY_MS, LONGEST_MS, QUIET_MS } from '#app/(pages)/live/announcer.ts'
import type { Rows, UploadState } from '#app/(pages)/live/rows.ts'
import { ENGLISH } from '../english.ts'
import { job, progress, upload } from './samples.ts'

/** The first `done` of so many jobs have ended. */
const rows = (all: number, done: number): Rows =>
  Array.from({ length: all }, (_, n) => job({ id: `${n}`, state: n < done ? 'completed' : 'running' }))

test('a hundred ends one after another are few announcements', t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 })
  const heard: string[] = []
  const announcer = new Announcer(rows(100, 0), ENGLISH, sentence =>
    heard.push(sentence.replaceAll('\u00a0', ' ')),
  )
  for (let done = 1; done <= 100; done++) {
    announcer.changed(rows(100, done))
    t.mock.timers.tick(100)
  }
  t.mock.timers.tick(LONGEST_MS)
  assert.deepEqual(heard, ['50 files ended: 50 done.', '50 files ended: 50 done.'])
})

test('files that are refused one after another are one announcement, which counts them all', t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 })
  const heard: string[] = []
  const announcer = new Announcer([], ENGLISH, sentence => heard.push(sentence.replaceAll('\u00a0', ' ')))
  const stateOf = (n: number, refused: number): UploadState => {
    if (n < refused) return 'refused'
    return n < refused + 2 ? 'sending' : 'waiting'
  }
  for (let refused = 0; refused <= 12; refused++) {
    announcer.changed(
      Array.from({ length: 12 }, (_, n) => upload({ key: `${n}`, state: stateOf(n, refused) })),
    )
    t.mock.timers.tick(QUIET_MS / 3)
  }
  t.mock.timers.tick(BUSY_MS)
  assert.deepEqual(heard, ['12 files ended: 12 failed.'])
})

test('a file that is done before it could be told of is told by its end, jobs that were there before are not', t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 })
  const heard: string[] = []
  const announcer = new Announcer([], ENGLISH, sentence => heard.push(sentence))
  const earlier = job({ id: 'earlier', fileName: 'earlier.odt', state: 'completed' })
  announcer.changed([earlier])
  announcer.changed([upload(), earlier])
  const own = job({ id: 'job-2', fileName: 'own.odt' })
  for (const state of ['queued', 'running', 'completed'] as const)
    announcer.changed([{ ...own, key: upload().key, job: { ...own.job, state } }, earlier])
  t.mock.timers.tick(LONGEST_MS)
  assert.deepEqual(heard, ['own.odt is done.'])
})

test('a job of another tab is told when it ends, however soon', t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 })
  const heard: string[] = []
  const announcer = new Announcer([], ENGLISH, sentence => heard.push(sentence))
  announcer.changed([job({ state: 'queued' })])
  announcer.changed([job({ state: 'completed' })])
  t.mock.timers.tick(LONGEST_MS)
  assert.deepEqual(heard, ['deck.pptx is done.'])
})

test('refused files of an earlier visit are not announced again', t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 })
  const heard: string[] = []
  const announcer = new Announcer([], ENGLISH, sentence => heard.push(sentence))
  const kept = [upload({ state: 'refused' })]
  announcer.knows(kept)
  announcer.changed(kept)
  t.mock.timers.tick(LONGEST_MS)
  assert.deepEqual(heard, [])
})

test('the progress of other files delays no announcement', t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 })
  const heard: string[] = []
  const announcer = new Announcer(rows(2, 0), ENGLISH, sentence => heard.push(sentence))
  for (let percent = 0; percent < 12; percent++) {
    announcer.changed([
      job({ id: '0', state: 'completed' }),
      job({ id: '1', state: 'running', progress: progress({ percent }) }),
    ])
    t.mock.timers.tick(QUIET_MS / 10)
  }
  assert.deepEqual(heard, ['deck.pptx is done.'])
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
