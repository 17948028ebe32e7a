import type { Config } from '#lib/config.ts'
import type { ObjectStore } from '#lib/storage.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

/**
 * Asked before bytes are taken: a disk that fills up in the middle takes the database with it.
 * @throws AppError `storage_full`
 */
export async function ensureFreeSpace(
  bytes: number,
  { storage, config }: { storage: ObjectStore; config: Pick<Config, 'diskReserveBytes'> },
): Promise<void> {
  const freeBytes = await storage.freeBytes()
  if (freeBytes === null || freeBytes - bytes >= config.diskReserveBytes) return
  throw new AppError('storage_full', {
    log: `${bytes} bytes are to come and only ${freeBytes} are free; ${config.diskReserveBytes} stay in reserve`,
  })
}
