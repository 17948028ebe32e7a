import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { suggest } from '#lib/vocabulary/nearest.ts'

const KNOWN = ['target', 'batchId', 'fileName']

describe('what to try in place of an unknown name', () => {
  for (const [name, nearest] of [
    ['traget', 'target'],
    ['TARGET', 'target'],
    ['batch_id', 'batchId'],
    ['file-name', 'fileName'],
    ['filenames', 'fileName'],
  ] as const)
    it(`is the nearest known one: ${name}`, () => {
      assert.equal(suggest(name, KNOWN), `Did you mean “${nearest}”? Known here: target, batchId, fileName.`)
    })

  it('is all known ones where none is near, or the name is no slip of the pen', () => {
    for (const name of ['', 'colour', 'target'.repeat(20)])
      assert.equal(suggest(name, KNOWN), 'Known here: target, batchId, fileName.')
  })
})
