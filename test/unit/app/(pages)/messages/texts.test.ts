import assert from 'node:assert/strict'
import { test } from 'node:test'
import { textsOf } from '#app/(pages)/messages/catalogue.ts'

test('a day is written as its language does, in UTC and on one line', () => {
  const dayIn = (language: Parameters<typeof textsOf>[0]) => textsOf(language).day('2026-11-09T23:59:00.000Z')
  assert.equal(dayIn('en'), '9\u00a0Nov\u00a02026')
  assert.equal(dayIn('de'), '09.11.2026')
  assert.equal(dayIn('zh'), '2026年11月9日')
  assert.equal(dayIn('ar').replaceAll('\u200f', ''), '09/11/2026')
})
