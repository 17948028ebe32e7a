import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSameUpload, pendingUpload } from '#app/(pages)/live/pending-upload.ts'
import { type ConversionSettings, DEFAULT_SETTINGS } from '#app/(pages)/settings/conversion-settings.ts'

const LIMIT = 1_000_000
const file = (name: string, bytes = 10, lastModified = 1) =>
  new File([new Uint8Array(bytes)], name, { lastModified })
const give = (file: File, settings: ConversionSettings = DEFAULT_SETTINGS) =>
  pendingUpload({ file, settings, batchId: 'batch-1', at: 1 }, LIMIT)

test('a file goes with those settings that have an effect for it, and its row shows no password', () => {
  const { row, settings } = give(file('a.xlsx'), {
    target: 'pdf',
    options: { notes: 'only', landscape: true, password: 'x' },
  })
  assert.deepEqual(settings.options, { landscape: true, password: 'x' })
  assert.deepEqual([row.state, row.target, row.options], ['waiting', 'pdf', { landscape: true }])
})

test('what cannot be taken is refused in the words of the server, and never leaves the browser', () => {
  const code = (file: File, settings?: ConversionSettings) => {
    const { row } = give(file, settings)
    return row.state === 'refused' ? row.error?.code : row.state
  }
  assert.equal(code(file('a.pptx', 0)), 'empty_file')
  assert.equal(code(file('a.pptx', LIMIT + 1)), 'too_large')
  assert.equal(code(file('a.pptx', LIMIT)), 'waiting')
  assert.equal(code(file('a.pptx'), { target: 'docx', options: {} }), 'unsupported_target')
})

test('the same file with the same settings is recognised; a changed one, or one with other settings, is not', () => {
  const first = give(file('a.pptx'))
  assert.ok(isSameUpload(first, give(file('a.pptx'))))
  assert.ok(!isSameUpload(first, give(file('a.pptx', 11))))
  assert.ok(!isSameUpload(first, give(file('a.pptx', 10, 2))))
  assert.ok(!isSameUpload(first, give(file('b.pptx'))))
  assert.ok(!isSameUpload(first, give(file('a.pptx'), { target: 'png', options: {} })))
})
