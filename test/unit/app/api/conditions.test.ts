import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isNotModified, preconditionFails, rangeOf } from '#app/api/conditions.ts'

const VALIDATORS = { etag: '"abc"', lastModified: new Date('2026-03-01T12:00:00.500Z') }
const THEN = 'Sun, 01 Mar 2026 12:00:00 GMT'
const EARLIER = 'Sun, 01 Mar 2026 11:59:59 GMT'

describe('whether the asker has it already', () => {
  for (const [headers, expected] of [
    [{}, false],
    [{ 'if-none-match': '"abc"' }, true],
    [{ 'if-none-match': 'W/"abc"' }, true],
    [{ 'if-none-match': '"x", W/"abc"' }, true],
    [{ 'if-none-match': '"x","abc","y"' }, true],
    [{ 'if-none-match': '*' }, true],
    [{ 'if-none-match': '"x"' }, false],
    [{ 'if-none-match': 'abc' }, false],
    [{ 'if-none-match': '"abc"', 'cache-control': 'no-cache' }, true],
    [{ 'if-modified-since': THEN }, true],
    [{ 'if-modified-since': EARLIER }, false],
    [{ 'if-modified-since': 'yesterday' }, false],
    [{ 'if-modified-since': THEN, 'if-none-match': '"x"' }, false],
    [{ 'if-modified-since': EARLIER, 'if-none-match': '"abc"' }, true],
  ] as const)
    it(`is ${expected} for ${JSON.stringify(headers)}`, () => {
      assert.equal(isNotModified(headers, VALIDATORS), expected)
    })
})

describe('whether the asker wants another one', () => {
  for (const [headers, expected] of [
    [{}, false],
    [{ 'if-match': '"abc"' }, false],
    [{ 'if-match': '"x", "abc"' }, false],
    [{ 'if-match': '*' }, false],
    [{ 'if-match': 'W/"abc"' }, true],
    [{ 'if-match': '"x"' }, true],
    [{ 'if-unmodified-since': THEN }, false],
    [{ 'if-unmodified-since': EARLIER }, true],
    [{ 'if-unmodified-since': 'yesterday' }, false],
    [{ 'if-unmodified-since': EARLIER, 'if-match': '"abc"' }, false],
  ] as const)
    it(`is ${expected} for ${JSON.stringify(headers)}`, () => {
      assert.equal(preconditionFails(headers, VALIDATORS), expected)
    })
})

describe('the range of a file of 10 bytes', () => {
  for (const [headers, expected] of [
    [{}, undefined],
    [{ range: 'bytes=2-4' }, { start: 2, end: 4 }],
    [{ range: 'Bytes=2-' }, { start: 2, end: 9 }],
    [{ range: 'bytes=-3' }, { start: 7, end: 9 }],
    [{ range: 'bytes=-11' }, { start: 0, end: 9 }],
    [{ range: 'bytes=-99999999999999999999' }, { start: 0, end: 9 }],
    [{ range: 'bytes=0-99' }, { start: 0, end: 9 }],
    [{ range: 'bytes=-0' }, 'unsatisfiable'],
    [{ range: 'bytes=10-' }, 'unsatisfiable'],
    [{ range: 'bytes=99-, 10-12' }, 'unsatisfiable'],
    [{ range: 'bytes=99-, -20' }, { start: 0, end: 9 }],
    [{ range: 'bytes=0-1, 4-5' }, undefined],
    [{ range: 'pages=99-' }, undefined],
    [{ range: 'bytes=a-b' }, undefined],
    [{ range: 'bytes' }, undefined],
    [
      { range: 'bytes=2-4', 'if-range': '"abc"' },
      { start: 2, end: 4 },
    ],
    [{ range: 'bytes=2-4', 'if-range': 'W/"abc"' }, undefined],
    [{ range: 'bytes=2-4', 'if-range': '"x"' }, undefined],
    [{ range: 'bytes=99-', 'if-range': '"x"' }, undefined],
    [
      { range: 'bytes=2-4', 'if-range': THEN },
      { start: 2, end: 4 },
    ],
    [{ range: 'bytes=2-4', 'if-range': EARLIER }, undefined],
  ] as const)
    it(`is ${JSON.stringify(expected)} for ${JSON.stringify(headers)}`, () => {
      assert.deepEqual(rangeOf(headers, 10, VALIDATORS), expected)
    })
})
