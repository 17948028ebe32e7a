import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { AppError } from '#lib/errors.ts'
import { OPTIONS, SOURCES, targetsOf } from '#lib/formats.ts'
import { readPreset, readWish } from '#lib/wish.ts'

const wish = (target: string, options: Record<string, unknown>, format = 'pptx') =>
  readWish({ target, options }, format)

describe('a wish', () => {
  it('keeps secrets apart from what everybody may see', () => {
    assert.deepEqual(wish('pdf', { pages: '1-3', resultPassword: 'open sesame' }), {
      target: 'pdf',
      options: { pages: '1-3' },
      secrets: { resultPassword: 'open sesame' },
    })
  })

  it('refuses a target that the source does not offer, and names those that it does', () => {
    assert.throws(
      () => wish('xlsx', {}),
      (error: AppError) =>
        error.code === 'unsupported_target' && /pdf, .*odp/.test(error.toJobError().nextStep),
    )
  })

  it('refuses an option that does not exist, and names those that do', () => {
    assert.throws(() => wish('pdf', { qualty: 80 }), { code: 'unknown_option', message: /qualty/ })
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
    ['watermark', 'a\nb'],
    ['watermark', 'x'.repeat(101)],
    ['resultPassword', ''],
  ]
  for (const [name, value] of wrong) {
    it(`refuses ${name} = ${JSON.stringify(value)}`, () => {
      assert.throws(() => wish('pdf', { [name]: value }), {
        code: 'invalid_option',
        message: new RegExp(`“${name}” must be`),
      })
    })
  }

  for (const pages of ['all', '1', '1-3,7', '5-', '2,4,6-9', '7,3-1']) {
    it(`takes the pages ${pages}`, () => {
      assert.deepEqual(wish('pdf', { pages }).options, { pages })
    })
  }

  it('refuses what would have no effect: a source that has no notes, a picture that has no password', () => {
    assert.throws(() => wish('pdf', { notes: 'only' }, 'docx'), { code: 'option_without_effect' })
    assert.throws(() => wish('png', { resultPassword: 'x' }), { code: 'option_without_effect' })
    assert.throws(() => wish('pdfa-2b', { resultPassword: 'x' }), { code: 'option_without_effect' })
  })

  it('refuses options that exclude each other, and one that needs another', () => {
    assert.throws(() => wish('pdf', { lossless: true, quality: 50 }), { code: 'options_exclude' })
    assert.deepEqual(wish('pdf', { lossless: false, quality: 50 }).options, { lossless: false, quality: 50 })
    assert.throws(() => wish('pdf', { permissionPassword: 'x' }), { code: 'option_needs' })
    assert.deepEqual(wish('pdf', { permissionPassword: 'x', printing: 'none' }).options, { printing: 'none' })
  })

  it('can be made of every source, and every option somewhere', () => {
    const offered = new Set([...SOURCES.keys()].flatMap(format => targetsOf(format)))
    for (const format of SOURCES.keys()) assert.ok(targetsOf(format).includes('pdf'), format)
    for (const { where } of OPTIONS)
      for (const { targets } of where)
        for (const target of targets) assert.ok(target === '*' || offered.has(target), target)
  })
})

describe('a wish under a name', () => {
  it('is checked for any source', () => {
    const kept = { target: 'png', options: { pages: 'all', resolution: 300 } }
    assert.deepEqual(readPreset(kept), kept)
    assert.throws(() => readPreset({ target: 'png', options: { notes: 'only' } }), {
      code: 'option_without_effect',
    })
    assert.throws(() => readPreset({ target: 'exe', options: {} }), { code: 'unsupported_target' })
  })

  it('keeps no secret', () => {
    assert.throws(() => readPreset({ target: 'pdf', options: { resultPassword: 'x' } }), {
      code: 'secret_in_preset',
    })
  })
})
