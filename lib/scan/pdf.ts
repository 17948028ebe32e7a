import { opensWithoutPassword, type PdfEncryption } from './pdf-password.ts'
import { chunksOf, type Source } from './source.ts'

/** Enough for the trailer, or for the dictionary before a stream of cross-references. */
const REGION_BYTES = 4096
/** Longer than the beginning of an object. */
const OVERLAP = 32
const STRING = String.raw`\s*(?:<([0-9A-Fa-f\s]*)>|\(((?:\\[\s\S]|[^\\()])*)\))`
// biome-ignore format: a table
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '', '\r': '' }

/** How a PDF is protected: not at all, by an encryption that opens without a password, or by one that needs it. */
export type PdfLock = 'none' | 'opens' | 'password'

/**
 * Where the encryption is of a kind that is not known, it is said to open: the program that opens the file decides.
 */
export async function lockOfPdf(source: Source): Promise<PdfLock> {
  const trailer = await trailerOf(source)
  if (!/\/Encrypt\b/.test(trailer)) return 'none'
  const encryption = encryptionOf(trailer, await encryptionText(source, trailer))
  return encryption && opensWithoutPassword(encryption) === false ? 'password' : 'opens'
}

/** The text at the end of the file, or, where that names no encryption, of the dictionary to which it leads. */
async function trailerOf(source: Source): Promise<string> {
  const end = await textAt(source, Math.max(0, source.size - REGION_BYTES))
  const start = Number(/.*startxref\s+(\d+)/s.exec(end)?.[1] ?? source.size)
  if (/\/Encrypt\b/.test(end) || start >= source.size) return end
  return (await textAt(source, start)).split('stream', 1)[0] ?? ''
}

/** The encryption dictionary; empty where it is not found. */
async function encryptionText(source: Source, trailer: string): Promise<string> {
  const [, number, generation] = /\/Encrypt\s+(\d+)\s+(\d+)\s+R/.exec(trailer) ?? []
  if (number === undefined) return trailer
  const head = new RegExp(`(?:^|[^\\d])${number}\\s+${generation}\\s+obj`)
  let [position, tail] = [0, '']
  for await (const chunk of chunksOf(source)) {
    const text = tail + chunk.toString('latin1')
    const found = head.exec(text)
    if (found) return textAt(source, position - tail.length + found.index)
    position += chunk.length
    tail = text.slice(-OVERLAP)
  }
  return ''
}

function encryptionOf(trailer: string, text: string): PdfEncryption | undefined {
  const number = (name: string) => Number(new RegExp(`/${name}\\s+(-?\\d+)`).exec(text)?.[1] ?? Number.NaN)
  const [owner, user] = [stringOf(text, 'O'), stringOf(text, 'U')]
  if (!owner || !user || !/\/Filter\s*\/Standard\b/.test(text)) return undefined
  const [revision, version, bits] = [number('R'), number('V'), number('Length')]
  // The length beside a filter of version 4 is that of the filter's key; only one is allowed.
  const keyBytes = version === 4 ? 16 : (Number.isNaN(bits) ? 40 : bits) / 8
  const id = stringOf(trailer, String.raw`ID\s*\[`) ?? Buffer.alloc(0)
  const encryptsMetadata = !/\/EncryptMetadata\s+false/.test(text)
  return { revision, keyBytes, owner, user, permissions: number('P'), id, encryptsMetadata }
}

/** A string in either of its forms. Undefined where it is missing, or has brackets that are not escaped. */
function stringOf(text: string, name: string): Buffer | undefined {
  const [, hex, letters] = new RegExp(`/${name}${STRING}`).exec(text) ?? []
  if (hex !== undefined) return Buffer.from(hex.replace(/\s/g, ''), 'hex')
  if (letters === undefined) return undefined
  const plain = letters.replace(/\\([0-7]{1,3}|\r\n|[\s\S])/g, (_, escaped: string) =>
    /^[0-7]/.test(escaped)
      ? String.fromCharCode(Number.parseInt(escaped, 8) & 0xff)
      : (ESCAPES[escaped] ?? escaped.replace('\r\n', '')),
  )
  return Buffer.from(plain, 'latin1')
}

async function textAt(source: Source, at: number): Promise<string> {
  return (await source.read(at, at + REGION_BYTES)).toString('latin1')
}
