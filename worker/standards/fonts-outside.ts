import type { PdfObjects } from './pdf-objects.ts'

const PROGRAMS = ['/FontFile', '/FontFile2', '/FontFile3']
/** The first is made of another font, the second of drawings. */
const WITHOUT_PROGRAM = ['/Type0', '/Type3']

/** How many fonts are named and do not lie in the file. */
export function fontsOutside(objects: PdfObjects): number {
  let count = 0
  for (const { dict } of objects.dicts()) {
    if (dict['/Type'] !== '/Font' || WITHOUT_PROGRAM.includes(String(dict['/Subtype']))) continue
    const descriptor = objects.dict(dict['/FontDescriptor'])
    if (!PROGRAMS.some(name => name in descriptor)) count++
  }
  return count
}
