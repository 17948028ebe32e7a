import assert from 'node:assert/strict'
import { it } from 'node:test'
import { optionTitle, targetTitle } from '#lib/vocabulary/formats.ts'

it('targets and options have names that people read, with the word of the API where it differs', () => {
  assert.deepEqual(['pdf', 'pdfa-1b', 'docx', 'exe'].map(targetTitle), [
    'PDF',
    'PDF/A-1b (pdfa-1b)',
    'Word (docx)',
    'exe',
  ])
  assert.deepEqual(['pages', 'hiddenSlides', 'colour'].map(optionTitle), [
    '“Pages”',
    '“Hidden slides” (hiddenSlides)',
    '“colour”',
  ])
})
