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
    for (const kid of objects.list(node['/Kids']).toReversed()) waiting.push(kid)
  }
}

/** A name tree; its keys come from `keyBytes`, because readers search it by the order of its bytes. */
export function nameTree(entries: readonly (readonly [key: string, value: PdfValue])[]): PdfDict {
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { '/Names': sorted.flat() }
}

/** A name or string in the form of bytes in hexadecimal. */
export function keyBytes(name: string): string {
  if (name.startsWith('b:')) return name
  const text = name.startsWith('/') ? name.slice(1) : name.slice(2)
  const isAscii = /^[\x20-\x7e]*$/.test(text)
  const bytes = isAscii ? Buffer.from(text) : Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  return `b:${bytes.toString('hex')}`
}
