/** Reads a table in plain text, in UTF-8, record by record with constant memory. */
import { pipeline, Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { openInSlot } from '#worker/report/open-in-slot.ts'
import { declaredDelimiter } from './delimiter.ts'

/** Enough for a first line that declares the delimiter. */
const FIRST_LINE = 16

/** How to parse a table. */
export interface TableDialect {
  /** One character. */
  delimiter: string
  /** False where an unclosed quotation mark makes all of them ordinary characters. */
  quotes: boolean
}

/**
 * Every record with its cells; an empty line is a record of one empty cell. @throws UnclosedQuote; the signal's reason
 */
export async function* records(
  path: string,
  { delimiter, quotes }: TableDialect,
  signal: AbortSignal,
): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter,
    quote: quotes ? '"' : false,
    record_delimiter: ['\r\n', '\n', '\r'],
    // Malformed quotes in tables are kept as written.
    relax_quotes: true,
    relax_column_count: true,
  })
  const stated = (await openInSlot(path)).createReadStream({ signal })
  pipeline(Readable.from(withoutSeparatorLine(decoded(stated))), parser, () => {})
  try {
    yield* parser
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED' ? new UnclosedQuote() : error
  }
}

/** A quotation mark opens a cell and the file ends before another one. */
export class UnclosedQuote extends Error {}

/** The first `length` characters or slightly more. @throws the signal's reason */
export async function beginningOf(path: string, length: number, signal: AbortSignal): Promise<string> {
  let text = ''
  for await (const part of decoded((await openInSlot(path)).createReadStream({ signal }))) {
    text += part
    if (text.length >= length) break
  }
  return text
}

async function* decoded(bytes: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
  yield decoder.decode()
}

async function* withoutSeparatorLine(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let first: string | undefined = ''
  for await (const part of parts) {
    if (first === undefined) {
      yield part
      continue
    }
    first += part
    if (first.length < FIRST_LINE) continue
    yield first.slice(declaredDelimiter(first)?.length ?? 0)
    first = undefined
  }
  if (first !== undefined) yield first.slice(declaredDelimiter(first)?.length ?? 0)
}
