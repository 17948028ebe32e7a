import type { FileHandle } from 'node:fs/promises'
import yauzl from 'yauzl'

/**
 * The number of files of this kind, pictures of pages or PDFs of some, in a zip that this worker made; NaN when it contains anything else or cannot be
 * read.
 */
export async function countBundle(file: FileHandle, extension: string): Promise<number> {
  const name = new RegExp(`^(\\d+-)?(pages?|slide)-\\d+(-\\d+)?\\.${extension}$`)
  let pictures = 0
  try {
    const zip = await yauzl.fromFdPromise(file.fd, { autoClose: false })
    for await (const entry of zip.eachEntry()) pictures += name.test(entry.fileName) ? 1 : Number.NaN
    return pictures
  } catch {
    return Number.NaN
  }
}
