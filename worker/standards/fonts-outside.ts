import type { PdfObjects } from './pdf-objects.ts'

const PROGRAMS = ['/FontFile', '/FontFile2', '/FontFile3']
/** The first is composed of another font, the second of drawings. */
const WITHOUT_PROGRAM = ['/Type0', '/Type3']

/** The number of fonts that are named but not embedded. */
export function fontsOutside(objects: PdfObjects): number {
  let count = 0
  for (const { dict } of objects.dicts()) {
    if (dict['/Type'] !== '/Font' || WITHOUT_PROGRAM.includes(String(dict['/Subtype']))) continue
    const descriptor = objects.dict(dict['/FontDescriptor'])
    if (!PROGRAMS.some(name => name in descriptor)) count++
  }
  return count
}
