/**
 * Targets made of pages: pictures, and the text of sources that are not texts. The engine prints a PDF, and poppler
 * draws or reads its pages in the sandbox. A wrapper around another engine.
 */
import { join } from 'node:path'
import { isBundle, SOURCES, TARGETS } from '#lib/vocabulary/formats.ts'
import type { Options } from '#lib/vocabulary/job.ts'
import { type Conversion, type Converted, type Engine, withConvert } from './engine.ts'
import { bundle } from './pages/bundle.ts'
import { drawPages } from './pages/draw.ts'
import type { Poppler } from './pages/poppler.ts'
import { print } from './pages/print.ts'
import { readText } from './pages/read-text.ts'
import { type SelectedPage, selectPages } from './pages/selection.ts'
import { countPages } from './pdf-pages.ts'
import type { Sandbox } from './sandbox.ts'
import type { ConversionLimits } from './watchdog.ts'

/** Measured: the share of printing in the whole time is about half for drawn pages, and nearly all for text. */
const SHARES = { drawn: 0.5, read: 0.95 }

export interface PagesOptions {
  sandbox: Sandbox
  limits: ConversionLimits
}

/** The same engine, which also offers the targets made of pages. */
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
  const { format, target, options: wanted = {}, directory: slot, processor, signal } = conversion
  const isText = target === 'txt'
  const share = isText ? SHARES.read : SHARES.drawn
  const requested = String(wanted.pages ?? (isText ? 'all' : '1'))
  const { path: pdf, pages: numbers } = await print(conversion, engine, { requested, share })
  const count = await countPages({ path: pdf, slot, signal }, options.sandbox)
  const unit = SOURCES.get(format)?.family === 'presentation' ? 'slide' : 'page'
  const pages = selectPages(requested, { count, numbers, unit })
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
  const how = { ...options, slot, format, target, options: wanted, processor, signal, onPage }
  const path = await (isText ? read : draw)(pdf, pages, how)
  return { path, exported: pages.length, drawnFrom: pdf }
}

type How = Poppler & Pick<Conversion, 'format' | 'target'> & { options: Options; onPage(done: number): void }

async function draw(pdf: string, pages: readonly SelectedPage[], how: How): Promise<string> {
  const paths = await drawPages(pdf, pages, how)
  const [path = ''] = paths
  if (!isBundle(how.target, how.options)) return path
  const zip = join(how.slot, 'result.zip')
  await bundle(paths, zip, how.signal)
  return zip
}

async function read(pdf: string, pages: readonly SelectedPage[], how: How): Promise<string> {
  const path = join(how.slot, 'result.txt')
  const columns = SOURCES.get(how.format)?.family === 'spreadsheet'
  await readText(pdf, { pages, path }, { ...how, columns })
  return path
}
