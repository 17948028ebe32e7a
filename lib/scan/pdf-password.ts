/** Whether a PDF opens without a password, by ISO 32000-2, 7.6.4. Many have one only for their restrictions. */
import { createCipheriv, createHash } from 'node:crypto'
import { rc4 } from './rc4.ts'

/** What the encryption dictionary and the trailer of a PDF say. Strings are bytes. */
export interface PdfEncryption {
  revision: number
  /** Of the key, in bytes. */
  keyBytes: number
  owner: Buffer
  user: Buffer
  permissions: number
  id: Buffer
  encryptsMetadata: boolean
}

/** Stands for what a password is too short for: all of an empty one. */
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex')
/** Of a hash and of the two salts behind it, in the newer revisions. */
const [HASH_BYTES, SALT_BYTES] = [32, 8]

/** Undefined for a revision that is not known. */
export function opensWithoutPassword(encryption: PdfEncryption): boolean | undefined {
  const { revision, user } = encryption
  if (revision >= 2 && revision <= 4) return opensOld(encryption)
  if (revision !== 5 && revision !== 6) return undefined
  const salt = user.subarray(HASH_BYTES, HASH_BYTES + SALT_BYTES)
  const hash = revision === 5 ? digest('sha256', salt) : hardened(salt)
  return hash.equals(user.subarray(0, HASH_BYTES))
}

function opensOld(encryption: PdfEncryption): boolean {
  const { revision, user, id } = encryption
  const key = oldKey(encryption)
  if (revision === 2) return rc4(key, PADDING).equals(user)
  let value = digest('md5', PADDING, id)
  for (let round = 0; round < 20; round++) value = rc4(Buffer.from(key.map(byte => byte ^ round)), value)
  return value.equals(user.subarray(0, value.length))
}

function oldKey({ revision, keyBytes, owner, permissions, id, encryptsMetadata }: PdfEncryption): Buffer {
  const allowed = Buffer.alloc(4)
  allowed.writeInt32LE(permissions | 0)
  const tail = revision >= 4 && !encryptsMetadata ? Buffer.alloc(4, 0xff) : Buffer.alloc(0)
  let key = digest('md5', PADDING, owner, allowed, id, tail)
  if (revision === 2) return key.subarray(0, keyBytes)
  for (let round = 0; round < 50; round++) key = digest('md5', key.subarray(0, keyBytes))
  return key.subarray(0, keyBytes)
}

/** The slow hash of revision 6, of an empty password. */
function hardened(salt: Buffer): Buffer {
  let key = digest('sha256', salt)
  let last = 0
  for (let round = 0; round < 64 || last > round - 32; round++) {
    const cipher = createCipheriv('aes-128-cbc', key.subarray(0, 16), key.subarray(16, 32))
    cipher.setAutoPadding(false)
    const mixed = cipher.update(Buffer.concat(Array<Buffer>(64).fill(key)))
    const remainder = mixed.subarray(0, 16).reduce((sum, byte) => sum + byte, 0) % 3
    key = digest(['sha256', 'sha384', 'sha512'][remainder] ?? '', mixed)
    last = mixed.at(-1) ?? 0
  }
  return key.subarray(0, HASH_BYTES)
}

function digest(algorithm: string, ...parts: readonly Buffer[]): Buffer {
  const hash = createHash(algorithm)
  for (const part of parts) hash.update(part)
  return hash.digest()
}
