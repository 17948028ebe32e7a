/** The requirements of PDF/A that a file's objects show. */
import type { NoteCode } from '#lib/vocabulary/notes.ts'
import { fontsOutside } from './fonts-outside.ts'
import type { PdfDict, PdfObjects, PdfValue } from './pdf-objects.ts'

export type Breaches = Partial<Record<NoteCode, number>>

const ACTIONS = ['/JavaScript', '/Launch', '/Sound', '/Movie', '/ResetForm', '/ImportData', '/Hide']
const LATER_ACTIONS = ['/SetOCGState', '/Rendition', '/Trans', '/GoTo3DView', '/GoToE']
const FORBIDDEN_ACTIONS: ReadonlySet<PdfValue | undefined> = new Set([...ACTIONS, ...LATER_ACTIONS])
const MEDIA: ReadonlySet<PdfValue | undefined> = new Set(['/Sound', '/Movie', '/Screen', '/3D', '/RichMedia'])
const OPAQUE: ReadonlySet<PdfValue | undefined> = new Set([undefined, '/Normal', '/Compatible'])
/** The flags of an annotation: invisible, hidden, printed, not viewed. */
const FLAGS = { forbidden: 1 | 2 | 32, printed: 4 }

/** Counts the violations of a part of the standard, from 1 to 3, at level B. */
export function archiveBreaches(objects: PdfObjects, part: number): Breaches {
  const counts = { transparent: 0, active: 0, attached: 0, unprinted: 0, odd: 0, cmyk: 0 }
  for (const { dict } of objects.dicts()) {
    if (part === 1) counts.transparent += Number(isTransparent(dict, objects))
    counts.active += Number(isActive(dict))
    counts.attached += Number('/EF' in dict && !(part === 3 && '/AFRelationship' in dict))
    counts.unprinted += Number(isUnprinted(dict))
    counts.odd += Number(isOdd(dict, { objects, part }))
    counts.cmyk += Number(dict['/ColorSpace'] === '/DeviceCMYK')
  }
  return {
    standard_fonts: fontsOutside(objects),
    standard_transparency: counts.transparent,
    standard_active_content: counts.active + Number('/JavaScript' in objects.dict(objects.catalog['/Names'])),
    standard_attachments: counts.attached,
    standard_annotations: counts.unprinted,
    standard_colours: counts.cmyk + Number(!hasOutputIntent(objects)),
    standard_constructs: counts.odd + oddities(objects, part),
  }
}

function isTransparent(dict: PdfDict, objects: PdfObjects): boolean {
  const isThin = ['/ca', '/CA'].some(name => typeof dict[name] === 'number' && dict[name] < 1)
  const isMasked = '/SMask' in dict && dict['/SMask'] !== '/None'
  return (
    isThin || isMasked || !OPAQUE.has(dict['/BM']) || objects.dict(dict['/Group'])['/S'] === '/Transparency'
  )
}

/** A tag may have any name. */
function isActive(dict: PdfDict): boolean {
  if (dict['/Type'] === '/StructElem') return false
  return (
    FORBIDDEN_ACTIONS.has(dict['/S']) || '/AA' in dict || ('/Rect' in dict && MEDIA.has(dict['/Subtype']))
  )
}

function isUnprinted(dict: PdfDict): boolean {
  if (!('/Rect' in dict && '/Subtype' in dict) || dict['/Subtype'] === '/Popup') return false
  const flags = Number(dict['/F'] ?? 0)
  return (flags & FLAGS.printed) === 0 || (flags & FLAGS.forbidden) !== 0
}

function isOdd(dict: PdfDict, { objects, part }: { objects: PdfObjects; part: number }): boolean {
  const filters = objects.list(dict['/Filter'])
  if (filters.includes('/LZWDecode') || (part === 1 && filters.includes('/JPXDecode'))) return true
  return (
    dict['/Subtype'] === '/PS' || dict['/Interpolate'] === true || '/Alternates' in dict || '/OPI' in dict
  )
}

function hasOutputIntent(objects: PdfObjects): boolean {
  return objects.list(objects.catalog['/OutputIntents']).some(value => {
    const intent = objects.dict(value)
    return intent['/S'] === '/GTS_PDFA1' && '/DestOutputProfile' in intent
  })
}

function oddities(objects: PdfObjects, part: number): number {
  const { trailer, catalog } = objects
  const isLayered = part === 1 && '/OCProperties' in catalog
  const isPacked = part === 1 && '/Filter' in objects.dict(catalog['/Metadata'])
  return [!('/ID' in trailer), '/Encrypt' in trailer, isLayered, isPacked].filter(Boolean).length
}
