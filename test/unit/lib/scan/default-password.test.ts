import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { opens } from '#lib/scan/default-password.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { cpuMs } from '#test/cpu-time.ts'
import { locked } from '#test/documents/locked.ts'
import { lockedAs2007 } from '#test/documents/locked-standard.ts'
import { compound } from '#test/documents/sample-compound.ts'
import { sheet } from '#test/documents/sheet.ts'
import { assertRefused, formatOf } from './expect.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex')

describe('a workbook that Excel locked with its own password', () => {
  const KINDS = { 'since 2010': locked, 'in 2007': lockedAs2007 }
  for (const [when, lock] of Object.entries(KINDS))
    it(`${when} is taken unasked under the name of a workbook alone`, async () => {
      const bytes = lock(await sheet(), 'VelvetSweatshop')
      assert.equal(await formatOf(bytes, 'a.xlsx'), 'xlsx')
      assert.equal(await formatOf(bytes, 'a.xlsm'), 'xlsm')
      await assertRefused([bytes, 'a.docx'], 'password_required')
      await assertRefused([bytes, 'a'], 'password_required')
    })

  it('needs no password, so that one has no effect', async () => {
    const source = sourceOfBuffer(locked(await sheet(), 'VelvetSweatshop'))
    assert.equal((await scan(source, 'a.xlsx', { hasPassword: true })).locked, false)
  })

  it('is told from one that somebody locked', async () => {
    await assertRefused([locked(await sheet(), 'secret'), 'a.xlsx'], 'password_required')
    await assertRefused([lockedAs2007(await sheet(), 'secret'), 'a.xlsx'], 'password_required')
  })

  it('is not even tried where the lock asks for more rounds than Excel takes', async () => {
    const key = `<encryptedKey spinCount="100001" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" keyBits="256"
      hashAlgorithm="SHA512" saltValue="AAAA" encryptedVerifierHashInput="${'A'.repeat(64)}"
      encryptedVerifierHashValue="${'A'.repeat(256)}"/>`
    const info = Buffer.from(`\x04\0\x04\0\x40\0\0\0${key}`)
    const bytes = compound({ EncryptionInfo: info, EncryptedPackage: Buffer.alloc(5000) })
    const started = cpuMs()
    await assertRefused([bytes, 'a.xlsx'], 'password_required')
    assert.ok(cpuMs() - started < 50)
  })
})

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
