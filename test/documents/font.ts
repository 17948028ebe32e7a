import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** A name that no machine knows, and as long as the one that it replaces. */
export const OWN_FONT = 'Nightshift Sans'
const REAL_FONT = 'Liberation Sans'

/** A real font under a name of our own: an installed one, rewritten. */
export async function ownFont(): Promise<Buffer> {
  const { stdout } = await promisify(execFile)('fc-match', ['-f', '%{file}', REAL_FONT])
  let font: Buffer = await readFile(stdout)
  for (const name of [REAL_FONT, REAL_FONT.replace(' ', '')]) {
    const own = name.replace(/Liberation/, 'Nightshift')
    font = replaced(font, Buffer.from(name), Buffer.from(own))
    font = replaced(font, bigEndian(name), bigEndian(own))
  }
  return font
}

function bigEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16()
}

function replaced(bytes: Buffer, old: Buffer, by: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  for (let at = copy.indexOf(old); at >= 0; at = copy.indexOf(old, at + 1)) by.copy(copy, at)
  return copy
}
