import { hash } from 'node:crypto'
import { setImmediate as pause } from 'node:timers/promises'

/** Office and LibreOffice use 100,000 rounds; a document with more than this limit only wastes processor time. */
export const MAX_ROUNDS = 1_000_000
/** Some milliseconds of work; in between, the event loop serves others. */
const AT_ONCE = 5000

export const digest = (name: string, ...parts: Buffer[]): Buffer => hash(name, Buffer.concat(parts), 'buffer')

/**
 * Derives a key as Office does ([MS-OFFCRYPTO] 2.3.4.7 and 2.3.4.11): each round hashes its number and the last hash.
 */
export async function stretched(
  password: string,
  { name, salt, rounds }: { name: string; salt: Buffer; rounds: number },
): Promise<Buffer> {
  let key = digest(name, salt, Buffer.from(password, 'utf16le'))
  const number = Buffer.alloc(4)
  for (let round = 0; round < rounds; round++) {
    number.writeUInt32LE(round)
    key = digest(name, number, key)
    if (round % AT_ONCE === AT_ONCE - 1) await pause()
  }
  return key
}
