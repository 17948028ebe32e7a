import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { OPTIONS, SOURCES, targetsOf } from '#lib/vocabulary/formats.ts'
import { parsePreset, parseSettings } from '#lib/vocabulary/settings.ts'

const settings = (target: string, options: Record<string, unknown>, format = 'pptx') =>
  parseSettings({ target, options }, format)

describe('settings', () => {
  it('keeps secrets apart from what everybody may see', () => {
    assert.deepEqual(settings('pdf', { pages: '1-3', resultPassword: 'open sesame' }), {
      target: 'pdf',
      options: { pages: '1-3' },
      secrets: { resultPassword: 'open sesame' },
    })
  })

  it('refuses a target that the source does not offer, and names those that it does', () => {
    assert.throws(
      () => settings('xlsx', {}),
      (error: AppError) =>
        error.code === 'unsupported_target' &&
        /PDF, .*OpenDocument presentation \(odp\)/.test(error.toJobError().nextStep),
    )
  })

  it('refuses an option that does not exist, and names those that do', () => {
    assert.throws(() => settings('pdf', { qualty: 80 }), { code: 'unknown_option', message: /qualty/ })
  })

  it('refuses a choice that has an effect for other targets alone, and names those that have one', () => {
    const options = { trackedChanges: 'marked' }
    assert.deepEqual(settings('pdf', options, 'docx').options, options)
    for (const target of ['txt', 'html'])
      assert.throws(() => settings(target, options, 'docx'), {
        code: 'invalid_option',
        message: /one of: accepted, rejected\./,
      })
    assert.throws(() => parsePreset({ target: 'txt', options }), { code: 'invalid_option' })
  })

  const wrong: [string, unknown][] = [
    ['pages', '0-3'],
    ['pages', '1;2'],
    ['pages', '1-3,2'],
    ['pages', ''],
    ['quality', 0],
    ['quality', 101],
    ['quality', '80'],
    ['quality', 1.5],
    ['lossless', 'yes'],
    ['notes', 'all'],
    ['language', 'German'],
    ['language', 'qq-QQ'],
    ['timeZone', 'Europe/Atlantis'],
    ['timeZone', '../etc/passwd'],
    ['watermark', 'a\nb'],
    ['watermark', 'x'.repeat(101)],
    ['resultPassword', ''],
  ]
  for (const [name, value] of wrong) {
    it(`refuses ${name} = ${JSON.stringify(value)}`, () => {
      assert.throws(() => settings('pdf', { [name]: value }), {
        code: 'invalid_option',
        message: new RegExp(`The option “[\\w ]+”( \\(${name}\\))? must be`),
      })
    })
  }

  for (const language of ['de-DE', 'de', 'is-IS', 'sr-Latn-RS'])
    it(`takes the language ${language}`, () => {
      assert.deepEqual(settings('pdf', { language }).options, { language })
    })

  it('takes a time zone', () => {
    const timeZone = 'America/Argentina/Buenos_Aires'
    assert.deepEqual(settings('pdf', { timeZone }).options, { timeZone })
  })

  for (const pages of ['all', '1', '1-3,7', '5-', '2,4,6-9', '7,3-1']) {
    it(`takes the pages ${pages}`, () => {
      assert.deepEqual(settings('pdf', { pages }).options, { pages })
    })
  }

  it('refuses what would have no effect: a source that has no notes, a picture that has no password', () => {
    assert.throws(() => settings('pdf', { notes: 'only' }, 'docx'), { code: 'option_without_effect' })
    assert.throws(() => settings('png', { resultPassword: 'x' }), { code: 'option_without_effect' })
    assert.throws(() => settings('pdfa-2b', { resultPassword: 'x' }), { code: 'option_without_effect' })
  })

  it('refuses options that exclude each other, and one that needs another', () => {
    assert.throws(() => settings('pdf', { lossless: true, quality: 50 }), { code: 'options_exclude' })
    assert.deepEqual(settings('pdf', { lossless: false, quality: 50 }).options, {
      lossless: false,
      quality: 50,
    })
    assert.throws(() => settings('pdf', { permissionPassword: 'x' }), { code: 'option_needs' })
    assert.deepEqual(settings('pdf', { permissionPassword: 'x', printing: 'none' }).options, {
      printing: 'none',
    })
  })

  it('can be made of every source, and every option somewhere', () => {
    const offered = new Set([...SOURCES.keys()].flatMap(format => targetsOf(format)))
    for (const format of SOURCES.keys()) assert.ok(targetsOf(format).includes('pdf'), format)
    for (const { where } of OPTIONS)
      for (const { targets } of where)
        for (const target of targets) assert.ok(target === '*' || offered.has(target), target)
  })
})

describe('settings under a name', () => {
  it('is checked for any source', () => {
    const kept = { target: 'png', options: { pages: 'all', resolution: 300 } }
    assert.deepEqual(parsePreset(kept), kept)
    assert.throws(() => parsePreset({ target: 'png', options: { notes: 'only' } }), {
      code: 'option_without_effect',
    })
    assert.throws(() => parsePreset({ target: 'exe', options: {} }), { code: 'unsupported_target' })
  })

  it('keeps no secret', () => {
    assert.throws(() => parsePreset({ target: 'pdf', options: { resultPassword: 'x' } }), {
      code: 'secret_in_preset',
    })
  })
})
