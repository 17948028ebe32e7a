import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { localeOf, utcOffsetOf } from '#lib/vocabulary/locale.ts'

describe('a locale', () => {
  const tags = {
    ...{ 'de-DE': 'de-DE', de_AT: 'de-AT', de: 'de-DE', pt: 'pt-BR', en: 'en-US', 'zh-Hant-TW': 'zh-TW' },
    ...{ zh: 'zh-CN', 'sr-Latn-RS': 'sr-Latn-RS', 'EN-gb': 'en-GB', 'es-419': 'es-419' },
  }
  for (const [tag, locale] of Object.entries(tags))
    it(`of ${tag} is ${locale}`, () => assert.equal(localeOf(tag), locale))

  for (const tag of ['', 'none', 'zxx', 'und', 'qq', 'qq-QQ', 'de-QQ', '-', 'C.UTF-8', 'x'.repeat(200)])
    it(`is none for “${tag.slice(0, 20)}”`, () => assert.equal(localeOf(tag), undefined))
})

describe('a time zone', () => {
  it('is ahead of UTC by what its clocks show at a time', () => {
    const [january, july] = [new Date('2026-01-15T12:00:00Z'), new Date('2026-07-15T12:00:00Z')]
    assert.equal(utcOffsetOf('Europe/Berlin', january), 60)
    assert.equal(utcOffsetOf('Europe/Berlin', july), 120)
    assert.equal(utcOffsetOf('Asia/Kolkata', july), 330)
    assert.equal(utcOffsetOf('America/St_Johns', january), -210)
    assert.equal(utcOffsetOf('UTC', july), 0)
  })

  it('that nobody knows is none', () => assert.equal(utcOffsetOf('Europe/Atlantis'), undefined))
})
