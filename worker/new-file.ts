import { open } from 'node:fs/promises'

/**
 * Writes a new file into a slot, for programs in the sandbox to read. A hostile process may write to that folder, so no
 * link is followed and nothing is replaced.
 * @throws the signal's reason; the system's error where something has this name
 */
export async function writeNewFile(
  path: string,
  content: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const file = await open(path, 'wx')
  try {
    // Whatever the worker's mask is: only the sandbox's user can enter the slot.
    await file.chmod(0o644)
    await file.writeFile(content, { signal })
  } finally {
    await file.close()
  }
}
