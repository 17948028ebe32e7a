import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

const FLAGS = constants.O_NOFOLLOW | constants.O_NONBLOCK

/** Opens a file in a folder that a process with hostile input may write to: follows no link and waits for no pipe. */
export function openInSlot(path: string, access = constants.O_RDONLY): Promise<FileHandle> {
  return open(path, access | FLAGS)
}
