import { createDecipheriv, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import { memberAt } from '../scan/member.ts'
import type { Source } from '../scan/source.ts'
import { tagsOf } from '../scan/xml.ts'
import { type Archive, MAX_LIST_BYTES } from '../scan/zip.ts'
import { digest, MAX_ROUNDS } from './rounds.ts'

const BLOCK = 16
/** The checksum covers this many bytes of the packed part. */
const CHECKED_BYTES = 1024
/** Each part has its own lock with the same password, so a damaged part does not decide for the others. */
const MAX_PARTS = 4

interface Lock {
  path: string
  startKey: string
  bits: number
  iv: Buffer
  salt: Buffer
  rounds: number
  checksumBy: string
  checksum: Buffer
}

/**
 * OpenDocument 1.2 (part 3, 4.8): PBKDF2 and AES in CBC. Undefined for Blowfish, which Node does not have, and for AES
 * in GCM with Argon2, where only decrypting the whole part checks the password.
 */
export async function opensOpenDocument(
  archive: Archive,
  source: Source,
  password: string,
): Promise<boolean | undefined> {
  const manifest = 'META-INF/manifest.xml'
  const locks = archive.has(manifest) ? locksIn(await archive.text(manifest, MAX_LIST_BYTES)) : []
  const answers: boolean[] = []
  for (const lock of locks.slice(0, MAX_PARTS)) {
    const head = await headOf(archive, source, lock.path)
    if (head.length > 0) answers.push(await opensPart(lock, head, password))
    if (answers.at(-1)) return true
  }
  return answers.length > 0 ? false : undefined
}

/** The manifest's declaration of one part, by tag name. */
type Declared = Record<string, Record<string, string> | undefined>

function locksIn(manifest: string): Lock[] {
  const parts: Declared[] = []
  for (const { name, attributes } of tagsOf(manifest)) {
    if (name === 'file-entry') parts.push({})
    const part = parts.at(-1)
    if (part) part[name] = attributes
  }
  return parts.flatMap(part => (part['encryption-data'] ? (lockOf(part) ?? []) : []))
}

function lockOf(declared: Declared): Lock | undefined {
  const { 'encryption-data': data, algorithm, 'key-derivation': derivation } = declared
  const lock = {
    path: declared['file-entry']?.['full-path'] ?? '',
    startKey: hashNamed(declared['start-key-generation']?.['start-key-generation-name'] ?? 'SHA1'),
    bits: Number(/#aes(128|192|256)-cbc$/.exec(algorithm?.['algorithm-name'] ?? '')?.[1]),
    iv: bytes(algorithm?.['initialisation-vector']),
    salt: bytes(derivation?.salt),
    rounds: Number(derivation?.['iteration-count']),
    checksumBy: hashNamed(data?.['checksum-type'] ?? ''),
    checksum: bytes(data?.checksum),
  }
  const isPbkdf2 = /(^|#)pbkdf2$/i.test(derivation?.['key-derivation-name'] ?? '')
  const isKnown = lock.bits > 0 && lock.startKey !== '' && lock.checksumBy !== ''
  const isUsable = lock.iv.length === BLOCK && lock.rounds >= 1 && lock.rounds <= MAX_ROUNDS
  return isPbkdf2 && isKnown && isUsable ? lock : undefined
}

/** Writers use `SHA1`, `SHA1/1K`, `…#sha256`, `…#sha256-1k`. */
function hashNamed(declared: string): string {
  return /(?:^|#)(sha1|sha256)(?:[/-]1k)?$/i.exec(declared)?.[1]?.toLowerCase() ?? ''
}

/** The beginning of a part as stored, in whole blocks: one more than the checksum covers, to detect the padding. */
async function headOf(archive: Archive, source: Source, path: string): Promise<Buffer> {
  const entry = archive.entries.find(({ name }) => name === path)
  if (!entry) return Buffer.alloc(0)
  const { start, packed } = await memberAt(source, entry)
  const length = Math.min(packed, CHECKED_BYTES + BLOCK)
  return source.read(start, start + length - (length % BLOCK))
}

async function opensPart(lock: Lock, head: Buffer, password: string): Promise<boolean> {
  const { bits, iv, salt, rounds, checksumBy, checksum } = lock
  const startKey = digest(lock.startKey, Buffer.from(password, 'utf8'))
  const key = await promisify(pbkdf2)(startKey, salt, rounds, bits / 8, 'sha1')
  const plain = createDecipheriv(`aes-${bits}-cbc`, key, iv).setAutoPadding(false).update(head)
  // A shorter part is padded to whole blocks; its last byte is the length of the padding.
  const filled = head.length > CHECKED_BYTES ? 0 : (plain.at(-1) ?? 0)
  const checked = plain.subarray(0, Math.min(plain.length - filled, CHECKED_BYTES))
  return digest(checksumBy, checked).equals(checksum)
}

function bytes(base64 = ''): Buffer {
  return Buffer.from(base64, 'base64')
}
