/**
 * Converts plain text and web pages to Unicode before LibreOffice reads them. LibreOffice reads UTF-8 with one wrong
 * byte as windows-1252, joins lines that end in a carriage return, and recognizes a page's character set only from a
 * correct declaration. A wrapper around another engine.
 */
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Charset } from '#lib/vocabulary/formats.ts'
import { note } from '#lib/vocabulary/notes.ts'
import { type Choice, charsetOf, choose, type Evidence } from './charset/choice.ts'
import type { Encoding } from './charset/codec.ts'
import { CHUNK_BYTES, evidenceOf } from './charset/evidence.ts'
import { getReadyToGuess } from './charset/guess.ts'
import { lettersOf, Tally, withLineFeeds } from './charset/letters.ts'
import { type Conversion, type Engine, withConvert } from './engine.ts'
import { openInSlot } from './report/open-in-slot.ts'

const FORMATS = ['txt', 'csv', 'tsv', 'html']

/** The same engine, which receives every plain text, text table and web page in Unicode. */
export function withCharsets(engine: Engine): Engine {
  const complete = withConvert(engine, async conversion =>
    engine.convert(FORMATS.includes(conversion.format) ? await inUnicode(conversion) : conversion),
  )
  const start = () => {
    const starting = engine.start()
    getReadyToGuess()
    return starting
  }
  return Object.assign(complete, { start })
}

/** @throws AppError `wrong_charset`; the signal's reason */
async function inUnicode(conversion: Conversion): Promise<Conversion> {
  const { sourcePath, format, target, directory, signal, onNote } = conversion
  // For a web page that becomes a text, the option sets the character set of the result.
  const isOfResult = format === 'html' && target === 'txt'
  const { charset, ...options } = conversion.options ?? {}
  const stated = isOfResult ? undefined : (charset as Charset | undefined)
  const unicode = isOfResult ? conversion : { ...conversion, options }
  const evidence = await evidenceOf(sourcePath, format, signal)
  const choice = choose(evidence, stated)
  for (const each of choice.notes) onNote?.(each)
  if (isReadable(evidence, choice, format)) return unicode
  const path = join(directory, `unicode.${format}`)
  const { lost, firstLine } = await rewrite(choice.encoding, { from: sourcePath, to: path, format, signal })
  // Unreadable characters may be stored as such in UTF-8.
  const count = choice.encoding === 'utf-8' ? evidence.surveyed.notUtf8 : lost
  const details = { charset: charsetOf(choice.encoding), line: firstLine }
  if (count > 0) onNote?.(note('bytes_not_readable', { count, details }))
  return { ...unicode, sourcePath: path }
}

/** Whether LibreOffice, or the workbook writer for tables, reads the file correctly as it is. */
function isReadable({ wide, declared, surveyed }: Evidence, { encoding }: Choice, format: string): boolean {
  if (format === 'html') {
    if (wide) return wide.isMarked && encoding.startsWith('utf-16')
    const isAsDeclared = declared === undefined || declared.encoding !== undefined
    return encoding === 'utf-8' && surveyed.isAscii && isAsDeclared
  }
  return encoding === 'utf-8' && surveyed.notUtf8 === 0 && !(format === 'txt' && surveyed.hasLoneReturns)
}

interface Rewriting {
  from: string
  to: string
  format: string
  signal: AbortSignal
}

/**
 * Rewrites a text in UTF-8 and a web page in UTF-16, which LibreOffice recognizes regardless of the page's declaration.
 */
async function rewrite(encoding: Encoding, { from, to, format, signal }: Rewriting): Promise<Tally> {
  const tally = new Tally()
  const file = await openInSlot(from)
  const letters = lettersOf(file.createReadStream({ highWaterMark: CHUNK_BYTES }), encoding, tally)
  const text = format === 'txt' ? withLineFeeds(letters) : letters
  const bytes = async function* () {
    if (format === 'html') yield Buffer.from('\ufeff', 'utf16le')
    for await (const piece of text) {
      signal.throwIfAborted()
      yield Buffer.from(piece, format === 'html' ? 'utf16le' : 'utf8')
    }
  }
  await pipeline(bytes, createWriteStream(to, { flags: 'wx' }))
  return tally
}
