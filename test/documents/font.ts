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

/** The same as a font in colour that colours nothing: with a table of colours and one of layers, both as good as empty. */
export async function colourFont(): Promise<Buffer> {
  const font = await ownFont()
  const tables: [tag: string, data: Buffer][] = [
    // Version 0, no glyphs at 14, layers at 14, none of them; something must stand there.
    ['COLR', Buffer.from('0000 0000 0000000e 0000000e 0000 0000'.replaceAll(' ', ''), 'hex')],
    // Version 0, one palette of one colour, which stands at 14; it begins with colour 0, which is black.
    ['CPAL', Buffer.from('0000 0001 0001 0001 0000000e 0000 000000ff'.replaceAll(' ', ''), 'hex')],
  ]
  return withTables(font, tables)
}

/** With more tables behind its own. Nobody checks the sums. */
function withTables(font: Buffer, tables: readonly [tag: string, data: Buffer][]): Buffer {
  const count = font.readUInt16BE(4)
  const [head, shift] = [12 + count * 16, tables.length * 16]
  const directory = Buffer.from(font.subarray(0, head))
  directory.writeUInt16BE(count + tables.length, 4)
  for (let at = 12; at < head; at += 16)
    directory.writeUInt32BE(directory.readUInt32BE(at + 8) + shift, at + 8)
  let end = font.length + shift
  const entries = tables.map(([tag, data]) => {
    const entry = Buffer.alloc(16)
    entry.write(tag, 'latin1')
    entry.writeUInt32BE(end, 8)
    entry.writeUInt32BE(data.length, 12)
    end += data.length
    return entry
  })
  return Buffer.concat([directory, ...entries, font.subarray(head), ...tables.map(([, data]) => data)])
}
