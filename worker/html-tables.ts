/**
 * HTML tables that become spreadsheets. LibreOffice converts cells that look like numbers: it removes leading zeros of
 * a postcode, the plus of a telephone number and digits of a long number, calculates what begins with =, and ignores
 * that a cell is marked as text. In this worker's copy such cells are marked the way LibreOffice marks text cells in
 * its own HTML. A wrapper around another engine.
 */
import { createReadStream, createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import iconv from 'iconv-lite'
import { type Engine, withConvert } from './engine.ts'
import { markTextCells } from './html-tables/text-cells.ts'

const STEP_BYTES = 1024 * 1024

/** The same engine, which keeps the content of the cells of an HTML table. */
export function withHtmlTables(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    if (conversion.format !== 'html-table') return engine.convert(conversion)
    const { sourcePath, directory, signal } = conversion
    const path = join(directory, 'table.html')
    await pipeline(Readable.from(markTextCells(await piecesOf(sourcePath))), createWriteStream(path), {
      signal,
    })
    return engine.convert({ ...conversion, sourcePath: path })
  })
}

interface Pieces {
  pieces: AsyncIterable<string>
  encoding: 'latin1' | 'utf8'
}

/** The text in pieces, one character per byte, because the patterns only match ASCII; UTF-16 is decoded. */
async function piecesOf(path: string): Promise<Pieces> {
  const bytes = createReadStream(path, { highWaterMark: STEP_BYTES })
  if (!(await isUtf16(path))) return { pieces: bytes.setEncoding('latin1'), encoding: 'latin1' }
  const text = iconv.decodeStream('utf-16', { stripBOM: false })
  return { pieces: bytes.pipe(text) as AsyncIterable<string>, encoding: 'utf8' }
}

async function isUtf16(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return ['fffe', 'feff'].includes(buffer.toString('hex'))
  } finally {
    await file.close()
  }
}
