import assert from 'node:assert/strict'
import { it } from 'node:test'
import { cleanFolder } from '#lib/folder-path.ts'

const RLO = '\u202e'

it('keeps the folders of a path, and nothing that leads out of them', () => {
  for (const [path, folder] of [
    ['deck.pptx', ''],
    ['Talks/2026/deck.pptx', 'Talks/2026'],
    ['Talks\\2026\\deck.pptx', 'Talks/2026'],
    ['C:\\Talks\\deck.pptx', 'Talks'],
    ['/etc/../../Talks/./x/deck.pptx', 'etc/Talks/x'],
    [`a${RLO}b\u0000/deck.pptx`, 'ab'],
    ['// /deck.pptx', ''],
    ['日本語/Übersicht/deck.pptx', '日本語/Übersicht'],
  ])
    assert.equal(cleanFolder(path ?? ''), folder, path)
  assert.equal(cleanFolder('a/'.repeat(100)).split('/').length, 20)
})
