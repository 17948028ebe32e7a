import { rewriteEach } from '#worker/rewrite.ts'

const START = '/URI('
const ABSOLUTE = 'file:///'

/**
 * Repairs absolute file links in a PDF. LibreOffice writes all file links relative to the result's folder, including
 * those to another disk or the root, which then lead up through all of our `depth` folders. Absolute ones are restored
 * in the same number of bytes.
 */
export function restoreAbsoluteLinks(path: string, depth: number): Promise<void> {
  const climbing = Buffer.from(`${START}${'../'.repeat(depth)}`)
  return rewriteEach(path, climbing, restored(climbing.length))
}

/** White space between a key and its value has no meaning, so it pads the shorter text. */
const restored = (length: number) =>
  Buffer.from(`/URI${' '.repeat(length - START.length - ABSOLUTE.length)}(${ABSOLUTE}`)
