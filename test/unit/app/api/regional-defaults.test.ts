import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { requesterLocale, withRegionalDefaults } from '#app/api/regional-defaults.ts'
import { noFlags } from '#lib/scan/flags.ts'
import type { Options } from '#lib/vocabulary/job.ts'

describe('what a requester likes best', () => {
  const headers = {
    ...{ 'de-AT,de;q=0.9,en;q=0.8': 'de-AT', 'en;q=0.2, fr-CA;q=0.7': 'fr-CA', de: 'de-DE' },
    ...{ '*': undefined, '': undefined, 'qq-QQ, es-MX;q=0.5': 'es-MX', '🙂;q=x': undefined },
  }
  for (const [header, locale] of Object.entries(headers))
    it(`is ${locale} by “${header}”`, () => assert.equal(requesterLocale(header), locale))

  it('is not known without a header', () => assert.equal(requesterLocale(undefined), undefined))
})

describe('options by where the requester is', () => {
  interface More {
    target?: string
    options?: Options
    language?: string
  }
  const defaults = (format: string, locale: string | undefined, more: More = {}) => {
    const { target = 'pdf', options = {}, ...flags } = more
    const seen = { format, flags: { ...noFlags(), ...flags } }
    return withRegionalDefaults({ target, options }, seen, { locale, engine: 'warm' })
  }

  for (const format of ['txt', 'html', 'csv', 'tsv'])
    it(`choose the paper of ${format}`, () => {
      assert.deepEqual(defaults(format, 'en-US'), { paper: 'letter' })
      assert.deepEqual(defaults(format, 'fr-CA', { target: 'png' }), { paper: 'letter' })
      assert.deepEqual(defaults(format, 'de-DE'), {})
      assert.deepEqual(defaults(format, undefined), {})
      assert.deepEqual(defaults(format, 'es-MX', { options: { paper: 'a4' } }), { paper: 'a4' })
    })

  it('choose no paper for what has a page, nor where there is none', () => {
    for (const format of ['png', 'docx', 'pptx']) assert.deepEqual(defaults(format, 'en-US'), {})
    assert.deepEqual(defaults('txt', 'en-US', { target: 'docx' }), {})
  })

  it('choose no paper for an engine that knows none', () => {
    const settings = { target: 'pdf', options: {} }
    const seen = { format: 'txt', flags: noFlags() }
    assert.deepEqual(withRegionalDefaults(settings, seen, { locale: 'en-US', engine: 'spawn' }), {})
  })

  it('choose the language of a workbook that does not say its own', () => {
    assert.deepEqual(defaults('xlsx', 'de-AT'), { language: 'de-AT' })
    assert.deepEqual(defaults('xlsx', 'en-US'), {})
    assert.deepEqual(defaults('xls', 'de-AT', { language: 'en-US' }), {})
    assert.deepEqual(defaults('xlsx', 'de-AT', { options: { language: 'fr-FR' } }), { language: 'fr-FR' })
    assert.deepEqual(defaults('xlsx', 'de-AT', { target: 'csv' }), {})
    assert.deepEqual(defaults('docx', 'de-AT'), {})
  })
})
