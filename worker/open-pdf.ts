import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#lib/vocabulary/errors.ts'
import { writeNewFile } from './new-file.ts'
import { makePdf, type PdfWork, runQpdf } from './qpdf.ts'

/** Exit codes of `qpdf --requires-password`. */
const ENCRYPTION = { wrongPassword: 0, none: 2, opened: 3 }
/** What is in the way of taking pages out or putting them together. */
const FORBIDDEN = /^modify document assembly: not allowed/m
const IS_OWNER = /^Supplied password is owner password/m

/**
 * The path of the source as a PDF without encryption.
 * @throws AppError `password_required`, `wrong_password`, `pdf_restricted` where its owner forbids what is to be done,
 *   `corrupt_file`, as of `makePdf`; the signal's reason
 */
export async function openPdf(work: PdfWork): Promise<string> {
  const { sourcePath, directory: slot, secrets = {}, signal } = work.conversion
  const { sandbox } = work.options
  const source = sandbox.pathInside(slot, sourcePath)
  // Every user of the machine can read a command line, but only the sandbox's user can read the slot.
  const file = join(slot, 'password')
  await writeNewFile(file, [`${secrets.password ?? ''}\n`], signal)
  const password = `--password-file=${sandbox.pathInside(slot, file)}`
  try {
    const { code, stderr } = await runQpdf(['--requires-password', password, source], work)
    if (code === ENCRYPTION.none) return sourcePath
    if (code === ENCRYPTION.wrongPassword)
      throw new AppError(secrets.password === undefined ? 'password_required' : 'wrong_password')
    if (code !== ENCRYPTION.opened) throw unreadablePdf(`qpdf ended with ${code}: ${stderr.slice(0, 2000)}`)
    const { stdout } = await runQpdf(['--show-encryption', password, source], work)
    if (FORBIDDEN.test(stdout) && !IS_OWNER.test(stdout)) throw new AppError('pdf_restricted')
    return await makePdf('opened', ['--decrypt', password, sourcePath], work)
  } finally {
    await rm(file, { force: true })
  }
}

/** @returns the error for a source that is no PDF, however it is named */
export function unreadablePdf(log: string): AppError {
  return new AppError('corrupt_file', { details: { reason: 'it cannot be read as a PDF' }, log })
}
