import assert from 'node:assert/strict'
import { test } from 'node:test'
import { duration, size, sizeOf, span, term } from '#app/(pages)/live/format.ts'
import { TRANSLATIONS } from '#app/(pages)/messages/catalogue.ts'
import { createTexts } from '#app/(pages)/messages/texts.ts'
import { ENGLISH } from '../english.ts'

test('sizes are in powers of 1000 and never read 1,000 of a unit', () => {
  assert.deepEqual(
    [0, 999, 84_000, 999_900, 1_234_567, 512_000_000].map(bytes => size(ENGLISH, bytes)),
    ['0 B', '999 B', '84 kB', '1 MB', '1.2 MB', '512 MB'],
  )
})

test('in Arabic a mark ends a size, or a number after it would be drawn beside its own', () => {
  const arabic = createTexts({ language: 'ar', messages: TRANSLATIONS.ar.messages, names: null })
  assert.equal(size(arabic, 17_000), '17 kB\u200f')
})

test('a part of a size is in the unit of the whole', () => {
  assert.equal(sizeOf(ENGLISH, 900_000, 45_000_000), '0.9 of 45 MB')
})

test('durations are as exact as they are long', () => {
  assert.deepEqual(
    [12, 312, 3140, 59_990, 125_000].map(ms => duration(ENGLISH, ms)),
    ['0.1 s', '0.3 s', '3.1 s', '59.9 s', '2 min 5 s'],
  )
})

test('spans name minutes, then hours, then days', () => {
  assert.deepEqual(
    [5_000, 40 * 60_000, 23.2 * 3_600_000, 72 * 3_600_000].map(ms => span(ENGLISH, ms)),
    ['1 min', '40 min', '23 h', '3 days'],
  )
})

test('terms read as somebody would set them', () => {
  assert.deepEqual(
    [1, 24, 36, 168].map(hours => term(ENGLISH, hours * 3_600_000)),
    ['1 hour', '24 hours', '36 hours', '7 days'],
  )
})

test('one is not a plural', () => {
  assert.deepEqual(
    [1, 1200].map(n => ENGLISH.t('count.pages', { n })),
    ['1 page', '1,200 pages'],
  )
})
