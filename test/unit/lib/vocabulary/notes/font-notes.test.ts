import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fontNotes } from '#lib/vocabulary/notes/font-notes.ts'
import { noteSentence } from '#lib/vocabulary/notes.ts'

const gotham = { name: 'Gotham', replacedBy: 'DejaVu Sans', metric: false, package: null }
const calibri = { name: 'Calibri', replacedBy: 'Carlito', metric: true, package: null }

describe('notes of fonts', () => {
  it('are one for all fonts with the same replacement and package', () => {
    const fonts = [
      gotham,
      { ...gotham, name: 'Avenir' },
      { ...gotham, name: 'Lato', package: 'fonts-lato' },
      calibri,
    ]
    assert.deepEqual(
      fontNotes(fonts).map(note => [note.count, note.severity, noteSentence(note).message]),
      [
        [2, 'changed', 'Gotham and Avenir are not installed on the server: DejaVu Sans was used.'],
        [1, 'changed', 'Lato is not installed on the server: DejaVu Sans was used.'],
        [1, 'info', 'Calibri was replaced by Carlito, which has the same widths.'],
      ],
    )
    assert.deepEqual(fontNotes([]), [])
  })
})
