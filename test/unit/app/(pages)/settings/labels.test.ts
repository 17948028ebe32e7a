import assert from 'node:assert/strict'
import { test } from 'node:test'
import { optionsFor } from '#app/(pages)/settings/conversion-settings.ts'
import {
  choiceLabel,
  concerns,
  describe,
  optionGroups,
  targetGroups,
  targetName,
  targetSentence,
} from '#app/(pages)/settings/labels.ts'
import { OPTIONS, TARGETS } from '#lib/vocabulary/formats.ts'

test('a target is named in the middle of a sentence, and a zip of pictures says that it is one', () => {
  assert.equal(targetName({ target: 'pdfa-2b', options: {} }), 'PDF/A-2b')
  assert.equal(targetName({ target: 'txt', options: {} }), 'plain text')
  assert.equal(targetName({ target: 'png', options: {} }), 'PNG')
  assert.equal(targetName({ target: 'png', options: { pages: '1-3' } }), 'PNG pictures in a zip')
})

test('a target says of what it can be made where that is not every file', () => {
  assert.equal(targetSentence({ target: 'pdf', options: {} }), 'Looks the same everywhere.')
  assert.match(targetSentence({ target: 'docx', options: {} }), / Made from documents\.$/)
})

test('every target stands in one group, and every option of a target too', () => {
  const targets = targetGroups().flatMap(({ members }) => members.map(({ target }) => target))
  assert.deepEqual(targets.toSorted(), [...TARGETS.keys()].toSorted())
  for (const target of TARGETS.keys()) {
    const names = optionGroups(target).flatMap(({ members }) => members.map(({ name }) => name))
    assert.deepEqual(
      names.toSorted(),
      optionsFor(target)
        .map(({ name }) => name)
        .toSorted(),
      target,
    )
  }
})

test('an option that is not for all files says for which', () => {
  const of = (name: string, target: string) =>
    OPTIONS.filter(option => option.name === name).map(option => concerns(option, target))
  assert.deepEqual(of('notes', 'pdf'), ['presentations'])
  assert.deepEqual(of('charset', 'pdf'), ['documents and spreadsheets'])
  assert.deepEqual(of('watermark', 'pdf'), [''])
})

test('options are told in a line, passwords are not', () => {
  const options = { pages: '1-3', lossless: true, bookmarks: false, resultPassword: 'x' }
  assert.equal(describe(options), 'Pages 1-3, lossless pictures, no bookmarks')
  assert.equal(describe({ resultPassword: 'x' }), '')
})

test('a choice is said as people write it', () => {
  for (const [choice, word] of [
    ['none', 'None'],
    ['dayFirst', 'Day first'],
    ['a4', 'A4'],
    ['letter', 'Letter'],
    ['utf-8', 'utf-8'],
  ] as const)
    assert.equal(choiceLabel(choice), word)
})
