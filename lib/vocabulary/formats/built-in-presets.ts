/** Presets that every installation has. Pure data, safe for the browser. */
import type { Options } from '../job.ts'

/** A target with options, under a name. */
export interface Preset {
  name: string
  sentence: string
  target: string
  options: Options
}

// biome-ignore format: a table, one row a preset
export const PRESETS: readonly Preset[] = [
  { name: 'E-mail', sentence: 'A small PDF: pictures are reduced to what a screen shows.', target: 'pdf', options: { quality: 60, resolution: 150 } },
  { name: 'Print', sentence: 'A PDF whose pictures are fine enough for paper.', target: 'pdf', options: { quality: 95, resolution: 300 } },
  { name: 'Archive', sentence: 'PDF/A-2b, which can still be shown in fifty years.', target: 'pdfa-2b', options: {} },
  { name: 'Slides as pictures', sentence: 'A zip with a PNG of every page or slide.', target: 'png', options: { pages: 'all' } },
]
