/** Which documents two engines may export together, as PDFs without tags. */
import { PICTURES, SOURCES } from '#lib/vocabulary/formats.ts'
import type { Conversion } from '#worker/engine.ts'

type Shared = Pick<Conversion, 'format' | 'target' | 'options' | 'parts' | 'inserted'>

/** One that Impress or Draw opens, without pages of notes and files beside it. */
export function hasShareableSlides({ format, target, options = {}, parts, inserted }: Shared): boolean {
  const family = SOURCES.get(format)?.family
  const isOfSlides = family === 'presentation' || (family === 'drawing' && !PICTURES.includes(format))
  const { notes = 'none' } = options
  return isOfSlides && target === 'pdf' && notes === 'none' && !parts && !inserted
}

/**
 * A workbook of which all pages are wanted. Links from one page to another would be lost, and a random number would be
 * another one on another page.
 */
export function hasShareableSheets(
  conversion: Shared & Pick<Conversion, 'enough' | 'hasTiedPages'>,
): boolean {
  const { format, target, options = {}, parts, enough, hasTiedPages = true } = conversion
  const { pages = 'all', onePagePerSheet = false } = options
  const isWhole = pages === 'all' && enough === undefined && onePagePerSheet === false && !parts
  return SOURCES.get(format)?.family === 'spreadsheet' && target === 'pdf' && isWhole && !hasTiedPages
}
