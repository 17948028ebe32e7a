import type { FileHandle } from 'node:fs/promises'
import { openInSlot } from './report/open-in-slot.ts'

/** Undefined for anything but a regular file, which alone is safe to open in a folder of others. */
export async function openRegular(path: string, access?: number): Promise<FileHandle | undefined> {
  const file = await openInSlot(path, access).catch(() => undefined)
  if (!file || (await file.stat()).isFile()) return file
  await file.close()
  return undefined
}
