import type { FileHandle } from 'node:fs/promises'
import { openInSlot } from './report/open-in-slot.ts'

/**
 * Opens a regular file; undefined for anything else, because only that is safe in a folder that others can write to.
 */
export async function openRegular(path: string, access?: number): Promise<FileHandle | undefined> {
  const file = await openInSlot(path, access).catch(() => undefined)
  if (!file || (await file.stat()).isFile()) return file
  await file.close()
  return undefined
}

/** The size of a file in bytes; 0 for anything but a regular file. */
export async function sizeOfRegular(path: string): Promise<number> {
  const file = await openRegular(path)
  if (!file) return 0
  try {
    return (await file.stat()).size
  } finally {
    await file.close()
  }
}
