/** Checks the password of a locked document with the verifier that the document itself holds. */
import { opensCompound } from './password/compound-password.ts'
import { opensOpenDocument } from './password/open-document.ts'
import { openCompound } from './scan/compound.ts'
import { DEFAULT_PASSWORD } from './scan/default-password.ts'
import { carefully, type Source } from './scan/source.ts'
import { openArchive } from './scan/zip.ts'

const ZIP = Buffer.from('PK\x03\x04')
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/**
 * Checks a password and reads nothing behind the lock, so that a wrong password can be distinguished from damage.
 * Undefined where the lock has no separate verifier, and where nothing is locked.
 * @throws AppError `corrupt_file`, `unsafe_archive`, `too_many_entries` where not even the lock can be found
 */
export async function isRightPassword(source: Source, password: string): Promise<boolean | undefined> {
  const careful = carefully(source)
  const head = await careful.read(0, COMPOUND.length)
  if (head.equals(COMPOUND)) return opensCompound(await openCompound(careful), password)
  if (!head.subarray(0, ZIP.length).equals(ZIP)) return undefined
  return opensOpenDocument(await openArchive(careful), careful, password)
}

/**
 * The number that Excel uses. Each round costs processor time in the web process, so a lock with more rounds is not
 * tried.
 */
const ROUNDS_OF_EXCEL = 100_000

/**
 * Whether a locked package opens with the password that Excel uses for workbooks with a protected structure. Neither
 * Excel nor LibreOffice asks the user for it.
 */
export async function opensUnasked(source: Source): Promise<boolean> {
  const careful = carefully(source)
  if (!(await careful.read(0, COMPOUND.length)).equals(COMPOUND)) return false
  const compound = await openCompound(careful)
  if (!compound.has('EncryptionInfo')) return false
  return (await opensCompound(compound, DEFAULT_PASSWORD, ROUNDS_OF_EXCEL)) === true
}
