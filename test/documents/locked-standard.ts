/** “Encrypt with password” as Office 2007 did it: standard encryption, [MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9. */
import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import { compound } from './sample-compound.ts'

const FLAGS = 0x24
const [AES_128, SHA1, KEY_BITS, AES_PROVIDER] = [0x660e, 0x8004, 128, 0x18]
const PROVIDER = 'Microsoft Enhanced RSA and AES Cryptographic Provider\0'
const ROUNDS = 50_000

/** Any OOXML document, locked with a password. */
export function lockedAs2007(document: Buffer, password: string): Buffer {
  const salt = randomBytes(16)
  const key = keyOf(password, salt)
  const header = Buffer.concat([
    numbers(FLAGS, 0, AES_128, SHA1, KEY_BITS, AES_PROVIDER, 0, 0),
    Buffer.from(PROVIDER, 'utf16le'),
  ])
  const verifier = randomBytes(16)
  const info = [
    Buffer.from([3, 0, 2, 0]),
    numbers(FLAGS, header.length),
    header,
    numbers(salt.length),
    salt,
    aes(key, verifier),
    numbers(20),
    aes(key, sha1(verifier)),
  ]
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(BigInt(document.length))
  return compound({
    EncryptionInfo: Buffer.concat(info),
    EncryptedPackage: Buffer.concat([size, aes(key, document)]),
  })
}

function keyOf(password: string, salt: Buffer): Buffer {
  let hash = sha1(salt, Buffer.from(password, 'utf16le'))
  for (let round = 0; round < ROUNDS; round++) hash = sha1(numbers(round), hash)
  const mask = Buffer.alloc(64, 0x36)
  for (const [index, byte] of sha1(hash, numbers(0)).entries()) mask[index] = 0x36 ^ byte
  return sha1(mask).subarray(0, KEY_BITS / 8)
}

function aes(key: Buffer, data: Buffer): Buffer {
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false)
  return cipher.update(Buffer.concat([data, Buffer.alloc((16 - (data.length % 16)) % 16)]))
}

function sha1(...parts: Buffer[]): Buffer {
  return createHash('sha1').update(Buffer.concat(parts)).digest()
}

function numbers(...values: number[]): Buffer {
  const data = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) data.writeUInt32LE(value, index * 4)
  return data
}
