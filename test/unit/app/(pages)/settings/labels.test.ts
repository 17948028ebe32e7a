import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choiceLabel } from '#app/(pages)/messages/names.ts'
import { conflictOf, DEFAULT_SETTINGS, optionsFor } from '#app/(pages)/settings/conversion-settings.ts'
import {
  concerns,
  conflictText,
  describe,
  optionGroups,
  problemWith,
  targetGroups,
  targetName,
  targetSentence,
} from '#app/(pages)/settings/labels.ts'
import { OPTIONS, TARGETS } from '#lib/vocabulary/formats.ts'
import { ENGLISH } from '../english.ts'

test('a target is named in the middle of a sentence, and a zip of pictures says that it is one', () => {
  assert.equal(targetName(ENGLISH, { target: 'pdfa-2b', options: {} }), 'PDF/A-2b')
  assert.equal(targetName(ENGLISH, { target: 'txt', options: {} }), 'plain text')
  assert.equal(targetName(ENGLISH, { target: 'png', options: {} }), 'PNG')
  assert.equal(targetName(ENGLISH, { target: 'png', options: { pages: '1-3' } }), 'PNG pictures in a zip')
})

test('a target says of what it can be made where that is not every file', () => {
  assert.equal(targetSentence(ENGLISH, { target: 'pdf', options: {} }), 'Looks the same everywhere.')
  assert.match(targetSentence(ENGLISH, { target: 'docx', options: {} }), / Made from documents\.$/)
})

test('every target stands in one group, and every option of a target too', () => {
  const targets = targetGroups(ENGLISH).flatMap(({ members }) => members.map(({ target }) => target))
  assert.deepEqual(targets.toSorted(), [...TARGETS.keys()].toSorted())
  for (const target of TARGETS.keys()) {
    const names = optionGroups(ENGLISH, target).flatMap(({ members }) => members.map(({ name }) => name))
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
    OPTIONS.filter(option => option.name === name).map(option => concerns(ENGLISH, option, target))
  assert.deepEqual(of('notes', 'pdf'), ['presentations'])
  assert.deepEqual(of('charset', 'pdf'), ['documents and spreadsheets'])
  assert.deepEqual(of('watermark', 'pdf'), [''])
})

test('options are told in a line, passwords are not', () => {
  const options = { pages: '1-3', lossless: true, bookmarks: false, resultPassword: 'x' }
  assert.equal(describe(ENGLISH, options), 'Pages 1-3, lossless pictures, no bookmarks')
  assert.equal(describe(ENGLISH, { resultPassword: 'x' }), '')
})

test('a choice is said as people write it', () => {
  for (const [choice, word] of [
    ['none', 'None'],
    ['dayFirst', 'Day first'],
    ['a4', 'A4'],
    ['letter', 'Letter'],
    ['utf-8', 'utf-8'],
  ] as const)
    assert.equal(choiceLabel(ENGLISH, choice), word)
})

const option = (name: string) => {
  const found = OPTIONS.find(option => option.name === name)
  assert.ok(found, name)
  return found
}

test('an option says on the spot what its value must be', () => {
  const problem = (name: string, value: string | number) =>
    problemWith(ENGLISH, option(name), { target: 'pdf', options: { [name]: value } })
  assert.equal(problemWith(ENGLISH, option('quality'), DEFAULT_SETTINGS), null)
  assert.equal(problem('quality', 60), null)
  assert.equal(problem('quality', 'high'), 'Must be a whole number from 1 to 100.')
  assert.match(problem('pages', '3-x') ?? '', /such as 1-3,7/)
})

test('an option says why it stands aside', () => {
  const told = (name: string, options: Record<string, boolean>) => {
    const conflict = conflictOf(option(name), { target: 'pdf', options })
    return conflict && conflictText(ENGLISH, conflict)
  }
  assert.equal(told('quality', {}), null)
  assert.equal(told('quality', { lossless: true }), 'No effect beside “Lossless pictures”.')
  assert.equal(told('permissionPassword', {}), 'Only together with “Printing”, “Changes” or “Copying”.')
})
