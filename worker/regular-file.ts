import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

/** Undefined for anything but a regular file, which alone is safe to open in a folder of others. */
export async function openRegular(path: string): Promise<FileHandle | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const file = await open(path, flags).catch(() => undefined)
  if (!file || (await file.stat()).isFile()) return file
  await file.close()
  return undefined
}
