/**
 * Excel locks an .xls with a protected structure by a well-known password, so “encrypted” does not always mean that a
 * password is required: LibreOffice and Excel open such a file at once, and the scan must not refuse it. [MS-OFFCRYPTO]
 * 2.3.5.6 (CryptoAPI), 2.3.6.2 and 2.3.6.4 (RC4), 2.3.7.1 (XOR).
 */
import { createHash } from 'node:crypto'
import { rc4 } from './rc4.ts'

export const DEFAULT_PASSWORD = 'VelvetSweatshop'

interface Lock {
  salt: Buffer
  /** Sixteen random bytes and their hash, encrypted one after the other. */
  verifier: Buffer
}

/** Whether `password` opens the lock of a FilePass record, which is given without its number and length. */
export function opens(filePass: Buffer, password: string): boolean {
  // Excel 5 and 95 have only one method and no field for it.
  if (filePass.length === 4) return filePass.readUInt16LE(2) === xorVerifier(password)
  const [kind, major, minor] = [0, 2, 4].map(at =>
    filePass.length >= at + 2 ? filePass.readUInt16LE(at) : -1,
  )
  if (kind === 0) return minor === xorVerifier(password)
  if (kind === 1 && major === 1 && minor === 1) return opensRc4(filePass.subarray(6), password)
  if (kind === 1 && minor === 2) return opensCryptoApi(filePass.subarray(2), password)
  return false
}

function xorVerifier(password: string): number {
  const bytes = [password.length, ...Buffer.from(password, 'latin1')]
  return bytes.reduceRight((hash, byte) => (((hash >> 14) & 1) | ((hash << 1) & 0x7fff)) ^ byte, 0) ^ 0xce4b
}

function opensRc4(data: Buffer, password: string): boolean {
  if (data.length < 48) return false
  const lock = { salt: data.subarray(0, 16), verifier: data.subarray(16, 48) }
  const first = digest('md5', utf16(password)).subarray(0, 5)
  const rounds = Array.from({ length: 16 }, () => [first, lock.salt]).flat()
  const key = digest('md5', digest('md5', ...rounds).subarray(0, 5), Buffer.alloc(4))
  return matches(lock, key, 'md5')
}

/** Expects the version, flags, header and verifier of an RC4 CryptoAPI EncryptionInfo. */
function opensCryptoApi(data: Buffer, password: string): boolean {
  const headerEnd = data.length >= 12 ? 12 + data.readUInt32LE(8) : data.length
  if (headerEnd < 32 || data.length < headerEnd + 60) return false
  const bits = data.readUInt32LE(28) || 40
  const lock = {
    salt: data.subarray(headerEnd + 4, headerEnd + 20),
    verifier: Buffer.concat([
      data.subarray(headerEnd + 20, headerEnd + 36),
      data.subarray(headerEnd + 40, headerEnd + 60),
    ]),
  }
  const hash = digest('sha1', digest('sha1', lock.salt, utf16(password)), Buffer.alloc(4))
  const key = hash.subarray(0, Math.min(bits / 8, 16))
  // The weakest key is padded with zeros.
  return matches(lock, bits === 40 ? Buffer.concat([key, Buffer.alloc(11)]) : key, 'sha1')
}

function matches({ verifier }: Lock, key: Buffer, hash: 'md5' | 'sha1'): boolean {
  const plain = rc4(key, verifier)
  return digest(hash, plain.subarray(0, 16)).equals(plain.subarray(16))
}

function digest(hash: 'md5' | 'sha1', ...parts: Buffer[]): Buffer {
  const made = createHash(hash)
  for (const part of parts) made.update(part)
  return made.digest()
}

function utf16(text: string): Buffer {
  return Buffer.from(text, 'utf16le')
}
