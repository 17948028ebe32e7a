/** Whether a password is the one that locks a document, by what the document itself keeps to tell that. */
import { opensCompound } from './password/compound-password.ts'
import { opensOpenDocument } from './password/open-document.ts'
import { openCompound } from './scan/compound.ts'
import { DEFAULT_PASSWORD } from './scan/default-password.ts'
import { carefully, type Source } from './scan/source.ts'
import { openArchive } from './scan/zip.ts'

const ZIP = Buffer.from('PK\x03\x04')
const COMPOUND = Buffer.from('d0cf11e0a1b11ae1', 'hex')

/**
 * Tries a password on a lock and reads nothing behind it, so that it may be told from damage there. Undefined where
 * that cannot be told: where only opening the whole tries the password, and where nothing is locked.
 * @throws AppError `corrupt_file`, `unsafe_archive`, `too_many_entries` where even the lock cannot be found
 */
export async function isRightPassword(source: Source, password: string): Promise<boolean | undefined> {
  const careful = carefully(source)
  const head = await careful.read(0, COMPOUND.length)
  if (head.equals(COMPOUND)) return opensCompound(await openCompound(careful), password)
  if (!head.subarray(0, ZIP.length).equals(ZIP)) return undefined
  return opensOpenDocument(await openArchive(careful), careful, password)
}

/** As many as Excel takes. Each costs processor time where files arrive, so a lock that asks for more is not tried. */
const ROUNDS_OF_EXCEL = 100_000

/**
 * Whether a locked package opens with the password that Excel locks workbooks with whose structure is protected: it
 * asks nobody for that, nor does LibreOffice.
 */
export async function opensUnasked(source: Source): Promise<boolean> {
  const careful = carefully(source)
  if (!(await careful.read(0, COMPOUND.length)).equals(COMPOUND)) return false
  const compound = await openCompound(careful)
  if (!compound.has('EncryptionInfo')) return false
  return (await opensCompound(compound, DEFAULT_PASSWORD, ROUNDS_OF_EXCEL)) === true
}
