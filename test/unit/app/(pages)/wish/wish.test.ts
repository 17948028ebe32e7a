import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  hasSecret,
  isSameWish,
  lasting,
  optionsFor,
  PLAIN,
  reasonAside,
  recalled,
  troubleOf,
  type Wish,
  wishFor,
  withOption,
  withTarget,
} from '#app/(pages)/wish/wish.ts'
import { OPTIONS, type Option } from '#lib/formats.ts'
import type { Options } from '#lib/jobs.ts'

const wish = (options: Options, target = 'pdf'): Wish => ({ target, options })
const option = (name: string): Option => {
  const found = OPTIONS.find(option => option.name === name)
  assert.ok(found, name)
  return found
}

describe('what is sent with a file', () => {
  const mixed = wish({ pages: '1-2', notes: 'only', landscape: true })

  it('is only what has an effect for its kind', () => {
    assert.deepEqual(wishFor('deck.pptx', mixed), wish({ pages: '1-2', notes: 'only' }))
    assert.deepEqual(wishFor('sheet.xlsx', mixed), wish({ pages: '1-2', landscape: true }))
    assert.deepEqual(wishFor('letter.docx', mixed), wish({ pages: '1-2' }))
  })

  it('is everything for a file whose name says nothing, so that the server judges', () => {
    assert.deepEqual(wishFor('untitled', mixed), mixed)
  })

  it('is nothing that another option makes vain', () => {
    assert.deepEqual(wishFor('a.odt', wish({ quality: 60, lossless: true })), wish({ lossless: true }))
    const sheets = wish({ landscape: true, onePagePerSheet: true })
    assert.deepEqual(wishFor('a.ods', sheets), wish({ onePagePerSheet: true }))
    assert.deepEqual(wishFor('a.odt', wish({ permissionPassword: 'x' })), PLAIN)
    const restricted = wish({ permissionPassword: 'x', printing: 'none' })
    assert.deepEqual(wishFor('a.odt', restricted), restricted)
  })

  it('is refused in the words of the server where the kind does not offer the target', () => {
    assert.throws(() => wishFor('deck.pptx', wish({}, 'docx')), {
      code: 'unsupported_target',
      message: 'unsupported_target: pptx files cannot be converted into docx.',
    })
  })

  it('is refused where a value is wrong, and never silently left out', () => {
    assert.throws(() => wishFor('deck.pptx', wish({ pages: '0-3' })), { code: 'invalid_option' })
  })
})

describe('a wish that is changed', () => {
  it('loses with another target what has no effect there', () => {
    assert.deepEqual(withTarget(wish({ pages: 'all', notes: 'only' }), 'png'), wish({ pages: 'all' }, 'png'))
  })

  it('loses a choice that the other target does not have', () => {
    const marked = { target: 'docx', options: { trackedChanges: 'marked' } }
    assert.deepEqual(withTarget(marked, 'txt').options, {})
    assert.deepEqual(withTarget(marked, 'png').options, marked.options)
  })

  it('does not hold what is done anyhow', () => {
    assert.deepEqual(withOption(wish({ bookmarks: false }), option('bookmarks'), true), PLAIN)
    assert.deepEqual(withOption(PLAIN, option('quality'), 90), PLAIN)
    assert.deepEqual(withOption(wish({ pages: '1' }), option('pages'), undefined), PLAIN)
    // Told, the comma is not the same as found out by itself.
    assert.deepEqual(withOption(PLAIN, option('delimiter'), 'comma'), wish({ delimiter: 'comma' }))
  })

  it('says on the spot what a value must be', () => {
    assert.equal(troubleOf(option('quality'), PLAIN), null)
    assert.equal(troubleOf(option('quality'), wish({ quality: 60 })), null)
    assert.equal(
      troubleOf(option('quality'), wish({ quality: 'high' })),
      'Must be a whole number from 1 to 100.',
    )
    assert.match(troubleOf(option('pages'), wish({ pages: '3-' + 'x' })) ?? '', /such as 1-3,7/)
  })

  it('says why an option stands aside', () => {
    assert.equal(reasonAside(option('quality'), PLAIN), null)
    assert.equal(
      reasonAside(option('quality'), wish({ lossless: true })),
      'No effect beside “Lossless pictures”.',
    )
    assert.equal(
      reasonAside(option('permissionPassword'), PLAIN),
      'Only together with “Printing”, “Changes” or “Copying”.',
    )
  })
})

describe('a wish that is remembered', () => {
  it('holds neither passwords nor what is wrong', () => {
    const typed = wish({ password: 'x', quality: 'high', pages: '1-3' })
    assert.deepEqual(lasting(typed), wish({ pages: '1-3' }))
    assert.ok(hasSecret(typed) && !hasSecret(lasting(typed)))
  })

  it('is the same again, and the plain one where it makes no sense any more', () => {
    const kept = wish({ pages: 'all', resolution: 300 }, 'png')
    assert.deepEqual(recalled(JSON.stringify(kept)), kept)
    for (const text of [null, '', '{', 'null', '{"target":"exe","options":{}}']) {
      assert.deepEqual(recalled(text), PLAIN, String(text))
    }
  })

  it('is told from another by target and options, not by their order or a password', () => {
    assert.ok(isSameWish(wish({ a: 1, b: 2 }), wish({ b: 2, a: 1 })))
    assert.ok(isSameWish(wish({ password: 'x' }), PLAIN))
    assert.ok(!isSameWish(wish({ quality: 60 }), PLAIN))
    assert.ok(!isSameWish(PLAIN, wish({}, 'png')))
  })
})

it('an option that is shown for a target has an effect for some source', () => {
  assert.ok(optionsFor('pdf').length > 15)
  const names = optionsFor('odp').map(({ name }) => name)
  assert.deepEqual(names, ['password'])
})
