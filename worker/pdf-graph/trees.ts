import type { PdfDict, PdfObjects, PdfValue } from '#worker/standards/pdf-objects.ts'

/** The entries of a name tree (`/Names`) or a number tree (`/Nums`) in order. */
export function* entriesOfTree(
  objects: PdfObjects,
  root: PdfValue | undefined,
  leaves: '/Names' | '/Nums',
): Generator<[key: PdfValue, value: PdfValue]> {
  const seen = new Set<PdfDict>()
  const waiting = [root]
  while (waiting.length > 0) {
    const node = objects.dict(waiting.pop())
    if (seen.has(node)) continue
    seen.add(node)
    const pairs = objects.list(node[leaves])
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      const key = objects.resolve(pairs[at])
      if (key !== undefined) yield [key, pairs[at + 1] ?? null]
    }
    waiting.push(...objects.list(node['/Kids']).toReversed())
  }
}
