/** The requirements of PDF/UA that a file's objects show. */
import type { Breaches } from './archive-rules.ts'
import { fontsOutside } from './fonts-outside.ts'
import type { PdfDict, PdfObjects, PdfValue } from './pdf-objects.ts'

/** Counts the violations of the standard. */
export function accessibilityBreaches(objects: PdfObjects): Breaches {
  const { catalog, trailer } = objects
  const root = objects.dict(catalog['/StructTreeRoot'])
  const isTagged = '/K' in root && objects.dict(catalog['/MarkInfo'])['/Marked'] === true
  const isTitled =
    hasText(objects.dict(trailer['/Info'])['/Title']) &&
    objects.dict(catalog['/ViewerPreferences'])['/DisplayDocTitle'] === true
  const roles = objects.dict(root['/RoleMap'])
  let [figures, links, fields] = [0, 0, 0]
  for (const { dict } of objects.dicts()) {
    figures += Number(isFigure(dict, roles) && !isReadable(dict))
    links += Number(isAnnotation(dict, '/Link') && !(hasText(dict['/Contents']) && '/StructParent' in dict))
    links += Number('/Annots' in dict && dict['/Tabs'] !== '/S')
    fields += Number(isAnnotation(dict, '/Widget') && !(hasText(dict['/TU']) && '/StructParent' in dict))
  }
  return {
    standard_fonts: fontsOutside(objects),
    standard_tags: Number(!isTagged),
    standard_title: Number(!isTitled),
    standard_language: Number(!hasText(catalog['/Lang'])),
    standard_figures: figures,
    standard_links: links,
    standard_fields: fields,
  }
}

function isFigure(dict: PdfDict, roles: PdfDict): boolean {
  const kind = dict['/S']
  if (dict['/Type'] !== '/StructElem' || typeof kind !== 'string') return false
  return kind === '/Figure' || roles[kind] === '/Figure'
}

/** Without a child it is a picture that the page shows as decoration. */
function isReadable(dict: PdfDict): boolean {
  return '/K' in dict && (hasText(dict['/Alt']) || hasText(dict['/ActualText']))
}

function isAnnotation(dict: PdfDict, kind: string): boolean {
  return dict['/Subtype'] === kind && '/Rect' in dict
}

/** qpdf puts the kind of a string in front of its text. */
function hasText(value: PdfValue | undefined): boolean {
  return typeof value === 'string' && /^[ub]:.*\S/s.test(value)
}
