import { join } from 'node:path'
import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import { FIRST_PAGE } from '#worker/document-paths.ts'
import { type Conversion, FIRST_PAGE_SIDE } from '#worker/engine.ts'
import type { DocumentKind, OfficeDocument } from '#worker/uno/document.ts'
import { UnoError } from '#worker/uno/uno-errors.ts'

/** Where loading took no longer, the export is short too, so that its result should not wait for the picture. In milliseconds. */
const SHORT_LOAD_MS = 100
/** The same where similar files tell how long the whole takes. */
const SHORT_CONVERSION_MS = 1000

interface Drawing {
  conversion: Conversion
  inside(path: string): string
}

/** Whether its picture may come after its result. Other targets than PDF may change the document. */
export function isShort(
  { target, expectedSeconds }: Pick<Conversion, 'target' | 'expectedSeconds'>,
  loadMs: number,
): boolean {
  if (!PDF_TARGETS.includes(target)) return false
  if (expectedSeconds === undefined) return loadMs <= SHORT_LOAD_MS
  return 1000 * expectedSeconds <= SHORT_CONVERSION_MS && loadMs <= SHORT_CONVERSION_MS
}

/** Draws the first page and shows it. @throws ProtocolError, the signal's reason */
export async function drawFirstPage(
  document: OfficeDocument,
  kind: DocumentKind,
  drawing: Drawing,
): Promise<void> {
  const { onFirstPage } = drawing.conversion
  const path = onFirstPage && (await drawn(document, kind, drawing))
  if (path) onFirstPage?.(Promise.resolve(path))
}

/** Shows the first page that is being drawn; resolves when that is over. Never rejects. */
export async function drawFirstPageLast(
  document: OfficeDocument,
  kind: DocumentKind,
  drawing: Drawing,
): Promise<void> {
  const { onFirstPage } = drawing.conversion
  if (!onFirstPage) return
  const path = drawn(document, kind, drawing)
  onFirstPage(path)
  await path.catch(() => {})
}

/** The picture is optional: null for a document that cannot be drawn, which may still be converted. */
async function drawn(
  document: OfficeDocument,
  kind: DocumentKind,
  { conversion: { directory, signal }, inside }: Drawing,
): Promise<string | null> {
  const path = join(directory, `${FIRST_PAGE}.png`)
  const options = { longestSide: FIRST_PAGE_SIDE, signal }
  const isDrawn = await document.storeFirstPage(inside(path), kind, options).catch(error => {
    if (error instanceof UnoError) return false
    throw error
  })
  return isDrawn ? path : null
}
