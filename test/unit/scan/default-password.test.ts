import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { opens } from '#lib/scan/default-password.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')

describe('a lock of Excel 97', () => {
  it('by XOR opens with its password only', () => {
    // The hash that Excel has always had for “password”.
    const lock = bytes('0000 1234 af83')
    assert.equal(opens(lock, 'password'), true)
    assert.equal(opens(lock, 'Password'), false)
    assert.equal(opens(bytes('1234 af83'), 'password'), true)
  })

  it('by CryptoAPI opens with its password only, with keys of 128 and of 40 bits', () => {
    const header = (bits: string) =>
      `0100 0200 0200 04000000 28000000 04000000 00000000 01680000 04800000 ${bits}000000 01000000
       00000000 00000000 5200430034000000 10000000 000102030405060708090a0b0c0d0e0f`
    const strong = `${header('80')} 067b933b9c0be34a8d2d4509f49bc225 14000000 035e49fddaf80587bd5ca9c0fda20d2c35108154`
    const weak = `${header('28')} abf702eef7e43ac2cfae6e7c5cb3ab4e 14000000 9decec19d8c289fe524db1ff98f1af455e675cc0`
    for (const lock of [strong, weak]) {
      assert.equal(opens(bytes(lock), 'secret'), true)
      assert.equal(opens(bytes(lock), 'Secret'), false)
    }
  })

  it('by nothing that is known, or cut off, does not open', () => {
    for (const lock of [
      '',
      '01',
      '0100 0100',
      '0100 0100 0100 00',
      '0100 0400 0200 00000000',
      '0200 0300 0400',
    ]) {
      assert.equal(opens(bytes(lock), 'password'), false)
    }
  })
})
