import { freeBytes } from '#lib/storage/local/free-space.ts'
import { AppError, type ErrorCode } from '#lib/vocabulary/errors.ts'

const CHECK_VALID_MS = 100

/** With less than this free, in bytes, the disk counts as full: what failed may have needed as much at once. */
const FULL_BYTES = 16 * 2 ** 20

/** What a program says that could not write and does not tell why. */
const AMBIGUOUS: ReadonlySet<ErrorCode> = new Set(['conversion_failed', 'bad_result', 'engine_crashed'])

/**
 * Runs `work`, which lets programs write into `folder`. They delete what they could not finish, so the disk is looked
 * at all the while and not only after a failure.
 * @throws AppError `storage_full` in place of a failure that a full disk explains
 */
export async function blamingFullDisk<T>(folder: string, work: () => Promise<T>): Promise<T> {
  let full = false
  const check = async () => {
    full ||= (await freeBytes(folder)) < FULL_BYTES
  }
  const checking = setInterval(() => check().catch(() => {}), CHECK_VALID_MS)
  try {
    return await work()
  } catch (thrown) {
    await check().catch(() => {})
    if (full && thrown instanceof AppError && AMBIGUOUS.has(thrown.code))
      throw new AppError('storage_full', { cause: thrown, log: `the disk of ${folder} is full` })
    throw thrown
  } finally {
    clearInterval(checking)
  }
}
