import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { PieceSearch } from '#lib/scan/piece-search.ts'

const LONGEST = 8

describe('a search in pieces', () => {
  const letters = fc.stringMatching(/^[<ab ]{0,80}$/)

  it('finds what a search of the whole text finds, in any pieces', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 6 }), pieces => {
        const search = new PieceSearch(/<a{0,5}b/g, LONGEST)
        const found = pieces.flatMap(piece => [...search.matches(piece)].map(([match]) => match))
        assert.deepEqual(found, pieces.join('').match(/<a{0,5}b/g) ?? [])
      }),
      { numRuns: 2000 },
    )
  })

  it('finds the same where it looks for signs first', () => {
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 6 }), pieces => {
        const search = new PieceSearch(/<a{0,5}b/g, LONGEST, ['ab', '<b'])
        const found = pieces.flatMap(piece => [...search.matches(piece)].map(([match]) => match))
        assert.deepEqual(found, pieces.join('').match(/<a{0,5}b/g) ?? [])
      }),
      { numRuns: 2000 },
    )
  })

  it('finds a match, also across two pieces', () => {
    const search = new PieceSearch(/<a{0,5}b/g, LONGEST, ['b'])
    assert.equal(search.isIn('text <aa'), false)
    assert.equal(search.isIn('ab text'), true)
  })
})
