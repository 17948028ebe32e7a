import { createDecipheriv } from 'node:crypto'
import { digest, stretched } from './rounds.ts'

const ROUNDS = 50_000
const AES = new Map([
  [0x660e, 128],
  [0x660f, 192],
  [0x6610, 256],
])
/** The salt's size, the salt, the verifier, its hash's size, and its hash. */
const VERIFIER_BYTES = 4 + 16 + 16 + 4 + 32

/**
 * Standard encryption, of Office 2007: [MS-OFFCRYPTO] 2.3.4.5 to 2.3.4.9. `info` is the EncryptionInfo behind its
 * version and flags.
 */
export async function opensStandard(info: Buffer, password: string): Promise<boolean | undefined> {
  const header = info.length >= 4 ? info.readUInt32LE(0) : 0
  const verifier = info.subarray(4 + header, 4 + header + VERIFIER_BYTES)
  if (header < 12 || verifier.length < VERIFIER_BYTES) return undefined
  const bits = AES.get(info.readUInt32LE(12))
  if (bits === undefined) return undefined
  const salt = verifier.subarray(4, 20)
  const key = derived(await stretched(password, { name: 'sha1', salt, rounds: ROUNDS }), bits / 8)
  const decipher = createDecipheriv(`aes-${bits}-ecb`, key, null).setAutoPadding(false)
  const plain = decipher.update(Buffer.concat([verifier.subarray(20, 36), verifier.subarray(40, 72)]))
  return digest('sha1', plain.subarray(0, 16)).equals(plain.subarray(16, 36))
}

function derived(stretched: Buffer, length: number): Buffer {
  const hash = digest('sha1', stretched, Buffer.alloc(4))
  const half = (filler: number) => {
    const mask = Buffer.alloc(64, filler)
    return digest('sha1', mask.map((byte, index) => byte ^ (hash[index] ?? 0)) as Buffer)
  }
  return Buffer.concat([half(0x36), half(0x5c)]).subarray(0, length)
}
