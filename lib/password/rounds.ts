import { hash } from 'node:crypto'
import { setImmediate as pause } from 'node:timers/promises'

/** Office takes 100,000 rounds, LibreOffice as many; a document that asks for more than this only wants our time. */
export const MAX_ROUNDS = 1_000_000
/** Some milliseconds of work: whoever waits for the same thread gets a turn in between. */
const AT_ONCE = 5000

export const digest = (name: string, ...parts: Buffer[]): Buffer => hash(name, Buffer.concat(parts), 'buffer')

/** A password as Office stretches it ([MS-OFFCRYPTO] 2.3.4.7 and 2.3.4.11): each round hashes its number and the last. */
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
