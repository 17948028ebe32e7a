/**
 * Links of a web page to another server without a scheme (`//example.org/x`). In a file LibreOffice takes the server for
 * one of files: a click would look for `\\example.org\x`. It receives a copy in which they lead to the web. A wrapper
 * around another engine.
 */
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Engine, withConvert } from './engine.ts'
import { openInSlot } from './report/open-in-slot.ts'

const STEP_BYTES = 1024 * 1024
const LINK = /\b((?:href|src)\s*=\s*["']?)\/\/(?=[a-z\d[])/gi
/** Longer than a tag up to its link. */
const MOST_KEPT = 32 * 1024

/** The same engine, which keeps such links wherever a page does not stay one. */
export function withWebPageLinks(engine: Engine): Engine {
  return withConvert(engine, async conversion => {
    const { format, target, sourcePath, directory, signal } = conversion
    if (format !== 'html' || target === 'html' || !(await hasLinks(sourcePath)))
      return engine.convert(conversion)
    const path = join(directory, 'linked.html')
    await pipeline(await piecesOf(sourcePath), withScheme, createWriteStream(path, { flags: 'wx' }), {
      signal,
    })
    return engine.convert({ ...conversion, sourcePath: path })
  })
}

/** One character per byte, because the pattern only matches ASCII; a page in UTF-16 has none for it. */
async function piecesOf(path: string): Promise<AsyncIterable<string>> {
  return (await openInSlot(path)).createReadStream({ highWaterMark: STEP_BYTES, encoding: 'latin1' })
}

async function hasLinks(path: string): Promise<boolean> {
  for await (const tags of wholeTags(await piecesOf(path))) if (tags.search(LINK) >= 0) return true
  return false
}

async function* withScheme(pieces: AsyncIterable<string>): AsyncIterable<Buffer> {
  for await (const tags of wholeTags(pieces)) yield Buffer.from(tags.replace(LINK, '$1https://'), 'latin1')
}

/** The same text, divided before a tag. */
async function* wholeTags(pieces: AsyncIterable<string>): AsyncIterable<string> {
  let rest = ''
  for await (const piece of pieces) {
    const text = rest + piece
    const tag = text.lastIndexOf('<')
    const end = tag >= 0 && text.length - tag <= MOST_KEPT ? tag : text.length
    rest = text.slice(end)
    yield text.slice(0, end)
  }
  yield rest
}
