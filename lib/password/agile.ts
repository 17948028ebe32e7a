import { createDecipheriv } from 'node:crypto'
import { tagsOf } from '../scan/xml.ts'
import { digest, MAX_ROUNDS, stretched } from './rounds.ts'

const FOR_INPUT = Buffer.from('fea7d2763b4b9e79', 'hex')
const FOR_HASH = Buffer.from('d7aa0f6d3061344e', 'hex')
const FILLER = 0x36

interface Lock {
  name: string
  bits: number
  rounds: number
  salt: Buffer
  /** Random bytes and their hash, each encrypted with a key from the password. */
  input: Buffer
  hash: Buffer
}

/**
 * Agile encryption, of Office since 2010: [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.13. `xml` is the EncryptionInfo behind its
 * version.
 */
export async function opensAgile(
  xml: string,
  password: string,
  maxRounds = MAX_ROUNDS,
): Promise<boolean | undefined> {
  const lock = lockOf(xml)
  if (!lock || lock.rounds > maxRounds) return undefined
  const key = await stretched(password, lock)
  const input = decrypted(lock, digest(lock.name, key, FOR_INPUT), lock.input)
  const hash = decrypted(lock, digest(lock.name, key, FOR_HASH), lock.hash)
  const expected = digest(lock.name, input.subarray(0, lock.salt.length))
  return expected.equals(hash.subarray(0, expected.length))
}

/** Undefined for a lock that is not a password with AES. */
function lockOf(xml: string): Lock | undefined {
  for (const { name, attributes: declared } of tagsOf(xml)) {
    if (name !== 'encryptedKey' || declared.encryptedVerifierHashInput === undefined) continue
    const lock = {
      name: declared.hashAlgorithm?.toLowerCase() ?? '',
      bits: Number(declared.keyBits),
      rounds: Number(declared.spinCount),
      salt: bytes(declared.saltValue),
      input: bytes(declared.encryptedVerifierHashInput),
      hash: bytes(declared.encryptedVerifierHashValue),
    }
    const isAes = declared.cipherAlgorithm === 'AES' && declared.cipherChaining === 'ChainingModeCBC'
    return isAes && isUsable(lock) ? lock : undefined
  }
  return undefined
}

function isUsable({ name, bits, rounds, input, hash }: Lock): boolean {
  const isKnown = /^sha(1|256|384|512)$/.test(name) && [128, 192, 256].includes(bits)
  const isWhole = [input, hash].every(data => data.length > 0 && data.length % 16 === 0)
  return isKnown && isWhole && rounds >= 0
}

function decrypted({ bits, salt }: Lock, key: Buffer, data: Buffer): Buffer {
  const decipher = createDecipheriv(`aes-${bits}-cbc`, sized(key, bits / 8), sized(salt, 16))
  return decipher.setAutoPadding(false).update(data)
}

function sized(data: Buffer, length: number): Buffer {
  return Buffer.concat([data, Buffer.alloc(length, FILLER)]).subarray(0, length)
}

function bytes(base64 = ''): Buffer {
  return Buffer.from(base64, 'base64')
}
