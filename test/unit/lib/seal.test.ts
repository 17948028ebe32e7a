import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seal, unseal } from '#lib/seal.ts'

const SECRET = 's'.repeat(32)

describe('a sealed text', () => {
  it('is read again with the same secret', () => {
    assert.equal(unseal(seal('pässword', SECRET), SECRET), 'pässword')
  })

  it('shows nothing of the text and looks different each time', () => {
    const [one, other] = [seal('password', SECRET), seal('password', SECRET)]
    assert.notEqual(one, other)
    assert.ok(!Buffer.from(one, 'base64url').toString('latin1').includes('password'))
  })

  it('is not read with another secret, nor when a byte was changed', () => {
    const sealed = Buffer.from(seal('password', SECRET), 'base64url')
    assert.throws(() => unseal(sealed.toString('base64url'), 'o'.repeat(32)), { code: 'secret_changed' })
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    assert.throws(() => unseal(sealed.toString('base64url'), SECRET), { code: 'secret_changed' })
  })
})
