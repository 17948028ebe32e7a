import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  mergeNotes,
  NOTE_CODES,
  type Note,
  note,
  noteSentence,
  noteView,
  SEVERITIES,
} from '#lib/vocabulary/notes.ts'

describe('a note', () => {
  it('takes its severity from the table and counts 1 where nothing else is said', () => {
    assert.deepEqual(note('media_left_out'), {
      code: 'media_left_out',
      count: 1,
      details: {},
      severity: 'loss',
    })
    assert.equal(note('links_held', { count: 3 }).count, 3)
  })

  it('is said in the singular and in the plural', () => {
    const said = (count: number) => noteSentence(note('hidden_slides_left_out', { count })).message
    assert.equal(said(1), '1 hidden slide was left out.')
    assert.equal(said(2), '2 hidden slides were left out.')
  })

  it('says its details, and the first next step of which every detail is known', () => {
    const details = { names: ['Lato'], replacedBy: 'DejaVu Sans' }
    assert.deepEqual(noteSentence(note('font_replaced', { details })), {
      message: 'Lato is not installed on the server: DejaVu Sans was used.',
      nextStep: 'Have it added to the server’s fonts and convert again.',
    })
    const known = note('font_replaced', { details: { ...details, package: 'fonts-lato' } })
    assert.match(noteSentence(known).nextStep ?? '', /Debian package fonts-lato/)
  })

  it('lists a few names, and how many more there are', () => {
    const said = (names: string[]) =>
      noteSentence(note('font_replaced', { count: 2, details: { names, replacedBy: 'X' } })).message
    assert.match(said(['A', 'B']), /^A and B are not/)
    assert.match(said([...'ABCDEFGH']), /^A, B, C, D, E, F, and 2 more are not/)
  })

  it('of a loss or a change says what to do, in whole sentences', () => {
    const details = { names: ['A'], replacedBy: 'B', script: 'Thai', sample: 'ก' }
    for (const code of NOTE_CODES)
      for (const count of [1, 2]) {
        const { severity, ...said } = noteView(note(code, { count, details }))
        assert.match(said.message, /^[A-Z0-9].*\.$/)
        assert.equal(/[{}]/.test(said.message), false)
        assert.ok(severity === 'info' || /^[A-Z].*\.$/.test(said.nextStep ?? ''), code)
      }
  })

  it('has a sentence even if another version wrote it', () => {
    const unknown = { ...note('repaired', { count: 2 }), code: 'charts_left_out' } as unknown as Note
    assert.deepEqual(noteSentence(unknown), { message: 'Charts left out (2).', nextStep: null })
    assert.equal(noteSentence(note('font_replaced')).message, 'Font replaced (1).')
  })

  it('has a code in snake case', () => {
    for (const code of NOTE_CODES) assert.match(code, /^[a-z]+(_[a-z]+)*$/)
  })
})

describe('notes together', () => {
  it('count up where nothing but the count differs', () => {
    const one = note('font_replaced', { details: { names: ['A'], replacedBy: 'B' } })
    const same = note('font_replaced', { count: 2, details: { replacedBy: 'B', names: ['A'] } })
    const other = note('font_replaced', { details: { names: ['C'], replacedBy: 'B' } })
    assert.deepEqual(mergeNotes([one, other, same]), [{ ...one, count: 3 }, other])
  })

  it('stand worst first and then in the order of the table, however they came', () => {
    const all = mergeNotes(NOTE_CODES.toReversed().map(code => note(code)))
    const ranks = all.map(({ severity }) => SEVERITIES.indexOf(severity))
    assert.deepEqual(
      ranks,
      ranks.toSorted((a, b) => a - b),
    )
    for (const severity of SEVERITIES) {
      const told = all.filter(note => note.severity === severity).map(({ code }) => code)
      assert.deepEqual(
        told,
        NOTE_CODES.filter(code => told.includes(code)),
      )
    }
  })

  it('lose those that never happened', () => {
    assert.deepEqual(mergeNotes([note('repaired', { count: 0 })]), [])
  })
})
