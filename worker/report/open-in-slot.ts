import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

const FLAGS = constants.O_NOFOLLOW | constants.O_NONBLOCK

/** A file of a folder where a process that has read hostile bytes may write: no link is followed, no pipe waited for. */
export function openInSlot(path: string, access = constants.O_RDONLY): Promise<FileHandle> {
  return open(path, access | FLAGS)
}
