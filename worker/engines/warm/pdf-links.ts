import { rewriteEach } from '#worker/rewrite.ts'
import { withQuery } from './link-query.ts'

const KEY = '/URI'
const ABSOLUTE = 'file:///'
/** A longer one stays as it is. */
const LONGEST = 8192
const LINK = /^\/URI\(((?:[^()\\]|\\.)*)\)/s

/**
 * Repairs links to files in a PDF. LibreOffice writes all of them relative to the result's folder, including those to
 * another disk or the root, which then lead up through all of our `depth` folders; and it takes the query of a relative
 * link for a part of the file's name. Both are restored in the same number of bytes.
 */
export function restoreLinks(path: string, depth: number): Promise<void> {
  const climbing = '../'.repeat(depth)
  return rewriteEach(path, Buffer.from(`${KEY}(`), {
    longest: LONGEST,
    to: found => restored(found, climbing),
  })
}

function restored(found: Buffer, climbing: string): Buffer | undefined {
  const [whole, link] = LINK.exec(found.toString('latin1')) ?? []
  if (whole === undefined || link === undefined) return undefined
  const mended = link.startsWith(climbing) ? ABSOLUTE + link.slice(climbing.length) : withQuery(link)
  if (mended === link) return undefined
  // White space between a key and its value has no meaning, so it pads the shorter text.
  return Buffer.from(`${KEY}${`(${mended})`.padStart(whole.length - KEY.length)}`, 'latin1')
}
