import { rewriteEach } from '#worker/rewrite.ts'

const START = '/URI('
const ABSOLUTE = 'file:///'

/**
 * LibreOffice writes the links of a PDF to files relative to where it wrote it, those to another disk or a root as well:
 * they climb all of our `depth` folders. These get their root again, in as many bytes.
 */
export function restoreAbsoluteLinks(path: string, depth: number): Promise<void> {
  const climbing = Buffer.from(`${START}${'../'.repeat(depth)}`)
  return rewriteEach(path, climbing, restored(climbing.length))
}

/** White space between a key and its value says nothing. */
const restored = (length: number) =>
  Buffer.from(`/URI${' '.repeat(length - START.length - ABSOLUTE.length)}(${ABSOLUTE}`)
