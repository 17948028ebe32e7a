import { isRightPassword } from '#lib/password.ts'
import { corrupt, lockedFile } from '#lib/scan/finding.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { sourceOfFile } from '#worker/file-source.ts'
import { openRegular } from '#worker/regular-file.ts'

/** The refusal of a file that is locked by its own word, where no password was sent; undefined for another. */
export async function missingPassword(path: string): Promise<AppError | undefined> {
  const file = await openRegular(path)
  if (!file) return undefined
  try {
    const opens = await isRightPassword(await sourceOfFile(file), '').catch(() => undefined)
    return opens === false ? lockedFile('LibreOffice did not open it without a password') : undefined
  } finally {
    await file.close()
  }
}

/**
 * The reason why a file could not be opened with this password. LibreOffice reports “wrong password” for every error;
 * the file's own verifier decides, and without one LibreOffice's answer counts.
 */
export async function unlockFailure(path: string, password: string): Promise<AppError> {
  const file = await openRegular(path)
  if (!file) return new AppError('wrong_password', { log: 'the file is gone' })
  try {
    const isRight = await isRightPassword(await sourceOfFile(file), password)
    return isRight
      ? corrupt('its password is right, but what it locks cannot be read')
      : new AppError('wrong_password')
  } catch (error) {
    return error instanceof AppError ? error : new AppError('wrong_password', { cause: error })
  } finally {
    await file.close()
  }
}
