import { createWriteStream } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { openRegular } from '#worker/regular-file.ts'

/**
 * Copies a file from one slot into another, for the sandbox to read. Hostile processes may write to both, so no link is
 * followed and nothing is replaced.
 * @throws Error for anything but a regular file; the system's error
 */
export async function copyRegular(from: string, to: string): Promise<void> {
  const file = await openRegular(from)
  if (!file) throw new Error(`${from} is not a regular file`)
  await pipeline(file.createReadStream(), createWriteStream(to, { flags: 'wx' }))
  // Whatever the worker's mask is: only the sandbox's user can enter the slot.
  await chmod(to, 0o644)
}
