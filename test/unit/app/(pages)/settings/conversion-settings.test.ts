import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type ConversionSettings,
  DEFAULT_SETTINGS,
  hasSecret,
  isSameSettings,
  optionsFor,
  settingsFor,
  storedSettings,
  withOption,
  withoutTransient,
  withTarget,
} from '#app/(pages)/settings/conversion-settings.ts'
import { OPTIONS, type Option } from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'

const settings = (options: Options, target = 'pdf'): ConversionSettings => ({ target, options })
const option = (name: string): Option => {
  const found = OPTIONS.find(option => option.name === name)
  assert.ok(found, name)
  return found
}

describe('what is sent with a file', () => {
  const mixed = settings({ pages: '1-2', notes: 'only', landscape: true })

  it('is only what has an effect for its kind', () => {
    assert.deepEqual(settingsFor('deck.pptx', mixed), settings({ pages: '1-2', notes: 'only' }))
    assert.deepEqual(settingsFor('sheet.xlsx', mixed), settings({ pages: '1-2', landscape: true }))
    assert.deepEqual(settingsFor('letter.docx', mixed), settings({ pages: '1-2' }))
  })

  it('is everything for a file whose name says nothing, so that the server judges', () => {
    assert.deepEqual(settingsFor('untitled', mixed), mixed)
  })

  it('is nothing that another option makes vain', () => {
    assert.deepEqual(
      settingsFor('a.odt', settings({ quality: 60, lossless: true })),
      settings({ lossless: true }),
    )
    const sheets = settings({ landscape: true, onePagePerSheet: true })
    assert.deepEqual(settingsFor('a.ods', sheets), settings({ onePagePerSheet: true }))
    assert.deepEqual(settingsFor('a.odt', settings({ permissionPassword: 'x' })), DEFAULT_SETTINGS)
    const restricted = settings({ permissionPassword: 'x', printing: 'none' })
    assert.deepEqual(settingsFor('a.odt', restricted), restricted)
  })

  it('is refused in the words of the server where the kind does not offer the target', () => {
    assert.throws(() => settingsFor('deck.pptx', settings({}, 'docx')), {
      code: 'unsupported_target',
      message: 'unsupported_target: A PowerPoint presentation cannot become Word (docx).',
    })
  })

  it('is refused where a value is wrong, and never silently left out', () => {
    assert.throws(() => settingsFor('deck.pptx', settings({ pages: '0-3' })), { code: 'invalid_option' })
  })
})

describe('settings that are changed', () => {
  it('loses with another target what has no effect there', () => {
    assert.deepEqual(
      withTarget(settings({ pages: 'all', notes: 'only' }), 'png'),
      settings({ pages: 'all' }, 'png'),
    )
  })

  it('loses a choice that the other target does not have', () => {
    const marked = { target: 'docx', options: { trackedChanges: 'marked' } }
    assert.deepEqual(withTarget(marked, 'txt').options, {})
    assert.deepEqual(withTarget(marked, 'png').options, marked.options)
  })

  it('does not hold what is done anyhow', () => {
    assert.deepEqual(withOption(settings({ bookmarks: false }), option('bookmarks'), true), DEFAULT_SETTINGS)
    assert.deepEqual(withOption(DEFAULT_SETTINGS, option('quality'), 90), DEFAULT_SETTINGS)
    assert.deepEqual(withOption(settings({ pages: '1' }), option('pages'), undefined), DEFAULT_SETTINGS)
    // Told, the comma is not the same as found out by itself.
    assert.deepEqual(
      withOption(DEFAULT_SETTINGS, option('delimiter'), 'comma'),
      settings({ delimiter: 'comma' }),
    )
  })
})

describe('settings that are kept', () => {
  it('holds neither passwords nor what is wrong', () => {
    const typed = settings({ password: 'x', quality: 'high', pages: '1-3' })
    assert.deepEqual(withoutTransient(typed), settings({ pages: '1-3' }))
    assert.ok(hasSecret(typed) && !hasSecret(withoutTransient(typed)))
  })

  it('is the same again, and the plain one where it makes no sense any more', () => {
    const kept = settings({ pages: 'all', resolution: 300 }, 'png')
    assert.deepEqual(storedSettings(JSON.stringify(kept)), kept)
    for (const text of [null, '', '{', 'null', '{"target":"exe","options":{}}']) {
      assert.deepEqual(storedSettings(text), DEFAULT_SETTINGS, String(text))
    }
  })

  it('is told from another by target and options, not by their order or a password', () => {
    assert.ok(isSameSettings(settings({ a: 1, b: 2 }), settings({ b: 2, a: 1 })))
    assert.ok(isSameSettings(settings({ password: 'x' }), DEFAULT_SETTINGS))
    assert.ok(!isSameSettings(settings({ quality: 60 }), DEFAULT_SETTINGS))
    assert.ok(!isSameSettings(DEFAULT_SETTINGS, settings({}, 'png')))
  })
})

it('an option that is shown for a target has an effect for some source', () => {
  assert.ok(optionsFor('pdf').length > 15)
  const names = optionsFor('odp').map(({ name }) => name)
  assert.deepEqual(names, ['password'])
})
