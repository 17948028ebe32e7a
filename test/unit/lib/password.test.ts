import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { isRightPassword } from '#lib/password.ts'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { spoiled } from '#test/documents/broken.ts'
import { deck } from '#test/documents/deck.ts'
import { locked } from '#test/documents/locked.ts'
import { lockedAs2007 } from '#test/documents/locked-standard.ts'
import { lockedText } from '#test/documents/locked-text.ts'
import { compound } from '#test/documents/sample-compound.ts'

const PASSWORD = 'Grüße 2026'

describe('the password of a locked document', () => {
  let document: Buffer
  before(async () => {
    document = await deck({ slides: 10 })
  })
  const isRight = (bytes: Buffer, password: string) => isRightPassword(sourceOfBuffer(bytes), password)

  const KINDS = {
    'Office since 2010': () => locked(document, PASSWORD),
    'Office 2007': () => lockedAs2007(document, PASSWORD),
    OpenDocument: () => lockedText(PASSWORD),
    'OpenDocument, shorter than what its checksum covers': () => lockedText(PASSWORD, { lines: 1 }),
  }
  for (const [kind, make] of Object.entries(KINDS))
    it(`of ${kind} is told from every other`, async () => {
      const bytes = make()
      assert.equal(await isRight(bytes, PASSWORD), true)
      for (const other of ['', 'grüße 2026', `${PASSWORD} `]) assert.equal(await isRight(bytes, other), false)
    })

  for (const kind of ['Office since 2010', 'Office 2007', 'OpenDocument'] as const)
    it(`of ${kind} is told though what it locks is damaged`, async () => {
      const bytes = spoiled(KINDS[kind]())
      assert.equal(await isRight(bytes, PASSWORD), true)
      assert.equal(await isRight(bytes, 'wrong'), false)
    })

  it('cannot be told where the lock is of another kind, wants too much of our time, or is none', async () => {
    const info = (xml: string) => compound({ EncryptionInfo: Buffer.from(`\x04\0\x04\0\x40\0\0\0${xml}`) })
    const key = (attributes: string) =>
      info(`<encryptedKey ${attributes} keyBits="256" hashAlgorithm="SHA512" saltValue="AAAA"
        encryptedVerifierHashInput="${'A'.repeat(64)}" encryptedVerifierHashValue="${'A'.repeat(256)}"/>`)
    const aes = 'cipherAlgorithm="AES" cipherChaining="ChainingModeCBC"'
    assert.equal(await isRight(key(`${aes} spinCount="1"`), PASSWORD), false)
    for (const bytes of [
      key(`${aes} spinCount="4294967295"`),
      key(`${aes} spinCount="-1"`),
      key(`${aes}`),
      key('cipherAlgorithm="RC2" cipherChaining="ChainingModeCBC" spinCount="1"'),
      info('<encryption/>'),
      compound({ EncryptionInfo: Buffer.from('0300030040000000', 'hex') }),
      compound({ EncryptionInfo: Buffer.alloc(2) }),
      compound({ EncryptionInfo: Buffer.from('0400020024000000ffffffff', 'hex') }),
      compound({ 'PowerPoint Document': Buffer.alloc(100) }),
      document,
      Buffer.from('a text'),
    ])
      assert.equal(await isRight(bytes, PASSWORD), undefined)
  })

  it('is not asked of a lock that cannot even be found', async () => {
    const cut = lockedText(PASSWORD)
    await assert.rejects(isRight(cut.subarray(0, cut.length / 2), PASSWORD), { code: 'corrupt_file' })
  })
})
