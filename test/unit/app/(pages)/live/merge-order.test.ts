import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupsOf } from '#app/(pages)/live/batch-group.ts'
import { mergeable, mergedFileName, moved, sourceNames } from '#app/(pages)/live/merge-order.ts'
import { ENGLISH } from '../english.ts'
import { job, NOW, snapshot, upload } from './samples.ts'

const done = (fileName: string, changes = {}) =>
  job({
    id: fileName,
    state: 'completed',
    result: { fileName, bytes: 1, pages: 1, sha256: '00' },
    ...changes,
  })
const PARTS = ['a', 'b', 'c'].map(name => ({ jobId: name, fileName: `${name}.pdf` }))
const order = (parts: readonly { jobId: string }[]) => parts.map(({ jobId }) => jobId).join('')

test('results are merged that are there and are PDFs or can become one', () => {
  const receipt = {
    by: 'owner' as const,
    deletedAt: '2026-11-20T11:59:30.000Z',
    source: { bytes: 1, sha256: '00' },
    result: null,
  }
  const rows = [
    done('deck.pdf'),
    done('letter.docx'),
    done('pages.zip'),
    done('gone.pdf', { expiresAt: new Date(NOW - 1).toISOString() }),
    done('deleted.pdf', { receipt }),
    done('lost.pdf', { result: { fileName: 'lost.pdf', bytes: 1, pages: 1, sha256: '00', lost: true } }),
    job({ id: 'running', state: 'running' }),
    upload(),
  ]
  assert.deepEqual(
    mergeable(rows, NOW).parts.map(({ fileName }) => fileName),
    ['deck.pdf', 'letter.docx'],
  )
})

test('what a merge would refuse is left out and counted', () => {
  const rows = [
    done('open.pdf', { options: { printing: 'none' } }),
    done('final.pdf', { options: { changes: false } }),
    done('secret.pdf', {
      result: { fileName: 'secret.pdf', bytes: 1, pages: 1, sha256: '00', locked: true },
    }),
  ]
  const { parts, barred } = mergeable(rows, NOW)
  assert.deepEqual(
    parts.map(({ fileName }) => fileName),
    ['open.pdf'],
  )
  assert.equal(barred, 2)
})

test('a group offers a merge from two results on', () => {
  const actions = (...rows: Parameters<typeof groupsOf>[0]) =>
    groupsOf(rows, { now: NOW, texts: ENGLISH })[0]?.actions
  assert.deepEqual(actions(done('a.pdf'), done('b.zip')), ['delete', 'download'])
  assert.deepEqual(actions(done('a.pdf'), done('b.pdf')), ['delete', 'merge', 'download'])
})

test('a part is moved up and down, and nothing is moved beyond the ends', () => {
  assert.equal(order(moved(PARTS, 'c', 0)), 'cab')
  assert.equal(order(moved(PARTS, 'a', 1)), 'bac')
  assert.equal(order(moved(PARTS, 'a', -1)), 'abc')
  assert.equal(order(moved(PARTS, 'c', 3)), 'abc')
  assert.equal(order(moved(PARTS, 'x', 0)), 'abc')
})

test('a merged PDF has its extension once', () => {
  assert.equal(mergedFileName(' Year 2026 '), 'Year 2026.pdf')
  assert.equal(mergedFileName('Year 2026.PDF'), 'Year 2026.pdf')
})

test('the first three sources of a merge are named, each in its own direction', () => {
  const source = (fileName: string) => ({ fileName, format: 'pdf', bytes: 1, sha256: '00' })
  const of = (...names: string[]) => sourceNames(snapshot({ sources: names.map(source) }), ENGLISH)
  assert.equal(of('a.pdf', 'b.pdf'), '\u2068a.pdf\u2069, \u2068b.pdf\u2069')
  assert.equal(
    of('a.pdf', 'b.pdf', 'c.pdf', 'd.pdf', 'e.pdf'),
    '\u2068a.pdf\u2069, \u2068b.pdf\u2069, \u2068c.pdf\u2069 and 2 more',
  )
  assert.equal(sourceNames(snapshot(), ENGLISH), null)
})
