/**
 * What is made of pages: pictures, and the words of what is no text. An engine prints a PDF, poppler draws or reads
 * its pages in the sandbox. This is an engine around any other.
 */
import { join } from 'node:path'
import { AppError } from '#lib/errors.ts'
import { isBundle, SOURCES, TARGETS } from '#lib/formats.ts'
import { type Conversion, type Converted, type Engine, withConvert } from './engine.ts'
import { bundle } from './pages/bundle.ts'
import { drawPages } from './pages/draw.ts'
import type { Poppler } from './pages/poppler.ts'
import { print } from './pages/print.ts'
import { readText } from './pages/read-text.ts'
import { type Page, selectPages } from './pages/selection.ts'
import { countPages } from './pdf-pages.ts'
import type { Sandbox } from './sandbox.ts'

/** Measured: of the whole time printing takes about half where pages are drawn, and nearly all where they are read. */
const SHARES = { drawn: 0.5, read: 0.95 }
const SHORTEST_MS = 60_000
const LONGEST_MS = 900_000
const MS_PER_PAGE = 2_000

export interface PagesOptions {
  sandbox: Sandbox
  /** For printing and drawing together; undefined: as long as the engine may take, and then by the number of pages. */
  timeLimitMs: number | undefined
  /** How long one page may take. */
  stallLimitMs: number
  memoryLimitBytes: number
  resultLimitBytes: number
}

/** The same engine, which offers also what is made of pages. */
export function withPages(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, conversion =>
    isMadeOfPages(conversion) ? convertPages(conversion, engine, options) : engine.convert(conversion),
  )
}

function isMadeOfPages({ format, target }: Conversion): boolean {
  const family = SOURCES.get(format)?.family
  return family !== undefined && (TARGETS.get(target)?.fromPages.includes(family) ?? false)
}

async function convertPages(
  conversion: Conversion,
  engine: Engine,
  options: PagesOptions,
): Promise<Converted> {
  const { format, target, directory: slot, signal } = conversion
  const began = performance.now()
  const isText = target === 'txt'
  const share = isText ? SHARES.read : SHARES.drawn
  const wish = String(conversion.options?.pages ?? (isText ? 'all' : '1'))
  const { path: pdf, pages: numbers } = await print(conversion, engine, { wish, share })
  const count = await countPages({ path: pdf, slot, signal }, options.sandbox)
  const unit = SOURCES.get(format)?.family === 'presentation' ? 'slide' : 'page'
  const pages = selectPages(wish, { count, numbers, unit })
  const limit = limitFor(pages.length, options, performance.now() - began)
  const onPage = (done: number) => {
    const percent = Math.floor(100 * (share + ((1 - share) * done) / pages.length))
    const current = Math.min(done + 1, pages.length)
    conversion.onProgress({
      phase: 'exporting',
      current,
      total: pages.length,
      unit,
      percent,
      indeterminate: false,
    })
  }
  try {
    const how = {
      sandbox: options.sandbox,
      slot,
      target,
      memoryBytes: options.memoryLimitBytes,
      resultBytes: options.resultLimitBytes,
      stallMs: options.stallLimitMs,
      signal: AbortSignal.any([signal, limit.signal]),
      onPage,
    }
    const path = await (isText ? read : draw)(pdf, pages, how, conversion)
    return { path, exported: pages.length, drawnFrom: pdf }
  } finally {
    limit.stop()
  }
}

type How = Poppler & { onPage(done: number): void }

async function draw(
  pdf: string,
  pages: readonly Page[],
  how: How,
  { options = {} }: Conversion,
): Promise<string> {
  const paths = await drawPages(pdf, pages, { ...how, options })
  const [path = ''] = paths
  if (!isBundle(how.target, options)) return path
  const zip = join(how.slot, 'result.zip')
  await bundle(paths, zip, how.signal)
  return zip
}

async function read(pdf: string, pages: readonly Page[], how: How, { format }: Conversion): Promise<string> {
  const path = join(how.slot, 'result.txt')
  const columns = SOURCES.get(format)?.family === 'spreadsheet'
  await readText(pdf, { pages, path }, { ...how, columns })
  return path
}

/** Aborts with what a person should hear; `spentMs` went into printing. */
function limitFor(pages: number, { timeLimitMs }: PagesOptions, spentMs: number) {
  const own = Math.min(LONGEST_MS, SHORTEST_MS + pages * MS_PER_PAGE)
  const seconds = Math.round((timeLimitMs ?? own) / 1000)
  const over = new AbortController()
  const left = timeLimitMs === undefined ? own : Math.max(0, timeLimitMs - spentMs)
  const timer = setTimeout(() => over.abort(new AppError('time_limit', { details: { seconds } })), left)
  return { signal: over.signal, stop: () => clearTimeout(timer) }
}
