import type { ProgramContext } from '#worker/watched-program.ts'
import { runWatched } from '#worker/watched-program.ts'
import type { PdfDict, PdfObjects } from './pdf-objects.ts'

/** The number of pages for one call of poppler, because only the beginning of its output is kept. */
const AT_ONCE = 50

/**
 * The number of pages of a PDF/A-1 that were wholly or partly drawn as pictures. LibreOffice tags its output, except
 * pages that it has to draw this way: those have pictures and no tags.
 * @throws AppError as of `runWatched`; the signal's reason
 */
export async function countFlattened(
  pdf: string,
  objects: PdfObjects,
  place: ProgramContext,
): Promise<number> {
  const untagged = hasPictures(objects) ? untaggedPages(objects) : []
  const inside = place.sandbox.pathInside(place.slot, pdf)
  let count = 0
  for (let at = 0; at < untagged.length; at += AT_ONCE) {
    const some = untagged.slice(at, at + AT_ONCE)
    const range = ['-f', String(some[0]), '-l', String(some.at(-1))]
    const { stdout } = await runWatched(['pdfimages', '-list', ...range, inside], place, some[0])
    const pictured = new Set([...stdout.matchAll(/^ *(\d+) /gm)].map(([, page]) => Number(page)))
    count += some.filter(page => pictured.has(page)).length
  }
  return count
}

function hasPictures(objects: PdfObjects): boolean {
  for (const { dict } of objects.dicts()) if (dict['/Subtype'] === '/Image') return true
  return false
}

/** Page numbers from 1. */
function untaggedPages(objects: PdfObjects): number[] {
  const tagged = new Set<string>()
  for (const { dict } of objects.dicts())
    if (dict['/Type'] === '/StructElem' && typeof dict['/Pg'] === 'string') tagged.add(dict['/Pg'])
  return objects
    .pages()
    .flatMap(({ dict, reference }, index) => (isTagged(dict) || tagged.has(reference) ? [] : [index + 1]))
}

const isTagged = (page: PdfDict) => '/StructParents' in page
