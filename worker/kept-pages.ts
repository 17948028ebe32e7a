/**
 * Pages that LibreOffice prints though they should be left out: hidden sheets, where each sheet has one page. qpdf takes
 * them away. This is an engine around any other.
 */
import { join } from 'node:path'
import { type Engine, withConvert } from './engine.ts'
import { runPoppler } from './pages/poppler.ts'
import type { PagesOptions } from './pages.ts'

/** The same engine, whose PDFs have only the pages that are to stay. */
export function withKeptPages(engine: Engine, options: PagesOptions): Engine {
  return withConvert(engine, async conversion => {
    const { kept, ...converted } = await engine.convert(conversion)
    if (!kept) return converted
    const { directory: slot, target, processor, signal } = conversion
    const inside = (path: string) => options.sandbox.pathInside(slot, path)
    const path = join(slot, `kept.${target}`)
    const command = [
      'qpdf',
      '--warning-exit-0',
      inside(converted.path),
      '--pages',
      '.',
      kept.join(','),
      '--',
      inside(path),
    ]
    await runPoppler(command, { ...options, slot, target, processor, signal }, { page: 1 })
    return { ...converted, path, exported: kept.length }
  })
}
