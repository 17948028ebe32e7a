/** “Encrypt with password” as Office has done it since 2010: agile encryption, [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15. */
import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { deck } from './deck.ts'
import { compound } from './sample-compound.ts'

const SEGMENT = 4096
/** Office itself takes 100,000 rounds; fewer are as valid, and a test is sooner done. */
const ROUNDS = 1000

const FOR = {
  verifierInput: 'fea7d2763b4b9e79',
  verifierHash: 'd7aa0f6d3061344e',
  packageKey: '146e0be7abacd0d6',
  integrityKey: '5fb2ad010cb9e1f6',
  integrityValue: 'a0677f02b22c8433',
}

/** A presentation that opens only with its password, by default `secret`. */
export async function lockedDeck({ password = 'secret', slides = 1 } = {}): Promise<Buffer> {
  return locked(await deck({ slides, title: 'Locked' }), password)
}

/** Any OOXML document, locked with a password. */
export function locked(document: Buffer, password: string): Buffer {
  const key = randomBytes(32)
  const salt = randomBytes(16)
  const encrypted = encryptedPackage(document, key, salt)
  const info = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><keyData ${cipherAttributes(salt)}/>${integrity(encrypted, key, salt)}<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">${passwordKey(password, key)}</keyEncryptor></keyEncryptors></encryption>`
  const version = Buffer.from([4, 0, 4, 0, 0x40, 0, 0, 0])
  return compound({
    EncryptionInfo: Buffer.concat([version, Buffer.from(info)]),
    EncryptedPackage: encrypted,
  })
}

function encryptedPackage(document: Buffer, key: Buffer, salt: Buffer): Buffer {
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(BigInt(document.length))
  const segments = Array.from({ length: Math.ceil(document.length / SEGMENT) }, (_, index) => {
    const iv = sha512(salt, littleEndian(index)).subarray(0, 16)
    return aes(key, iv, document.subarray(index * SEGMENT, (index + 1) * SEGMENT))
  })
  return Buffer.concat([size, ...segments])
}

function integrity(encrypted: Buffer, key: Buffer, salt: Buffer): string {
  const hmacKey = randomBytes(64)
  const hmac = createHmac('sha512', hmacKey).update(encrypted).digest()
  const seal = (use: string, data: Buffer) =>
    aes(key, sha512(salt, Buffer.from(use, 'hex')).subarray(0, 16), data).toString('base64')
  return `<dataIntegrity encryptedHmacKey="${seal(FOR.integrityKey, hmacKey)}" encryptedHmacValue="${seal(FOR.integrityValue, hmac)}"/>`
}

function passwordKey(password: string, key: Buffer): string {
  const salt = randomBytes(16)
  const verifier = randomBytes(16)
  let hash = sha512(salt, Buffer.from(password, 'utf16le'))
  for (let round = 0; round < ROUNDS; round++) hash = sha512(littleEndian(round), hash)
  const seal = (use: string, data: Buffer) =>
    aes(sha512(hash, Buffer.from(use, 'hex')).subarray(0, 32), salt, data).toString('base64')
  return `<p:encryptedKey spinCount="${ROUNDS}" ${cipherAttributes(salt)} encryptedVerifierHashInput="${seal(FOR.verifierInput, verifier)}" encryptedVerifierHashValue="${seal(FOR.verifierHash, sha512(verifier))}" encryptedKeyValue="${seal(FOR.packageKey, key)}"/>`
}

function cipherAttributes(salt: Buffer): string {
  return `saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="${salt.toString('base64')}"`
}

function aes(key: Buffer, iv: Buffer, data: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
  return cipher.update(Buffer.concat([data, Buffer.alloc((16 - (data.length % 16)) % 16)]))
}

function sha512(...parts: Buffer[]): Buffer {
  const hash = createHash('sha512')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

function littleEndian(number: number): Buffer {
  const data = Buffer.alloc(4)
  data.writeUInt32LE(number)
  return data
}
