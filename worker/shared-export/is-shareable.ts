import { PICTURES, SOURCES } from '#lib/vocabulary/formats.ts'
import type { Conversion } from '#worker/engine.ts'

/**
 * Whether two engines may export one document: one that Impress or Draw opens, as a PDF without tags, pages of notes
 * and files beside it.
 */
export function isShareable({
  format,
  target,
  options = {},
  parts,
  inserted,
}: Pick<Conversion, 'format' | 'target' | 'options' | 'parts' | 'inserted'>): boolean {
  const family = SOURCES.get(format)?.family
  const isOfSlides = family === 'presentation' || (family === 'drawing' && !PICTURES.includes(format))
  const { notes = 'none' } = options
  return isOfSlides && target === 'pdf' && notes === 'none' && !parts && !inserted
}
