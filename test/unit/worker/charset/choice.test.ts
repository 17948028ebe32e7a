import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { wideTextOf } from '#lib/scan/wide-text.ts'
import type { Charset } from '#lib/vocabulary/formats.ts'
import { ByteSurvey } from '#worker/charset/byte-survey.ts'
import { choose } from '#worker/charset/choice.ts'
import { encode } from '#worker/charset/codec.ts'
import { declaredIn } from '#worker/charset/declared.ts'

function chosen(bytes: Buffer, told?: Charset) {
  const look = new ByteSurvey(bytes.length)
  look.push(bytes)
  const isMarked = bytes.toString('hex', 0, 3) === 'efbbbf'
  const evidence = { wide: wideTextOf(bytes), isMarked, declared: declaredIn(bytes), surveyed: look.end() }
  const { encoding, notes } = choose(evidence, told)
  return [encoding, ...notes.map(({ code }) => code)]
}

const page = (label: string, text: string, charset: Charset = 'utf-8') =>
  encode(`<html><head><meta charset="${label}"></head><p>${text}</p>`, charset)

describe('the choice of a character set', () => {
  it('needs no word where nothing is in doubt', () => {
    for (const bytes of ['plain', 'Grüße', '\ufeffGrüße'])
      assert.deepEqual(chosen(Buffer.from(bytes)), ['utf-8'])
    assert.deepEqual(chosen(Buffer.from('\ufeffGrüße', 'utf16le')), ['utf-16le'])
  })

  it('bears single bytes that UTF-8 cannot have', () => {
    assert.deepEqual(chosen(Buffer.concat([Buffer.from('Grüße, schöne Ärzte'), Buffer.from([0xff])])), [
      'utf-8',
    ])
    assert.deepEqual(chosen(Buffer.from('Grüße, schöne Ärzte', 'latin1')), ['windows-1252', 'charset_found'])
  })

  it('reports what it detected, and how certain that is', () => {
    assert.deepEqual(chosen(encode('Привет, мир!', 'koi8-r')), ['koi8-r', 'charset_found'])
    assert.deepEqual(chosen(encode('Účet byl uhrazen.', 'iso-8859-2')).slice(1), ['charset_uncertain'])
    assert.deepEqual(chosen(encode('日本語です', 'iso-2022-jp')), ['iso-2022-jp', 'charset_found'])
    for (const width of ['utf-16', 'utf-32'] as const)
      assert.deepEqual(chosen(encode('Hello\n', width)), [`${width}le`, 'charset_found'])
  })

  it('obeys the option, unless it cannot be right', () => {
    assert.deepEqual(chosen(encode('Grüße', 'windows-1252'), 'koi8-r'), ['koi8-r'])
    assert.deepEqual(chosen(encode('Grüße', 'utf-16'), 'utf-16'), ['utf-16le'])
    assert.throws(() => chosen(encode('Grüße', 'windows-1252'), 'utf-8'), { code: 'wrong_charset' })
    assert.throws(() => chosen(Buffer.from('\ufeffGrüße'), 'windows-1252'), { code: 'wrong_charset' })
  })

  it('believes a page, unless that is proven wrong', () => {
    assert.deepEqual(chosen(page('latin1', 'Grüße', 'windows-1252')), ['windows-1252'])
    assert.deepEqual(chosen(page('windows-1253', 'Grüße', 'windows-1252')), ['windows-1253'])
    assert.deepEqual(chosen(page('utf-8', 'Grüße')), ['utf-8'])
    assert.deepEqual(chosen(page('windows-1252', 'Grüße')), ['utf-8', 'charset_wrongly_declared'])
    const wrong = ['windows-1252', 'charset_wrongly_declared']
    assert.deepEqual(chosen(page('utf-8', 'Grüße, schöne', 'windows-1252')), wrong)
    assert.deepEqual(chosen(page('euc-jp', 'Grüße, schöne', 'windows-1252')), wrong)
    assert.deepEqual(chosen(page('klingon', 'Grüße, schöne', 'windows-1252')), wrong)
  })
})
