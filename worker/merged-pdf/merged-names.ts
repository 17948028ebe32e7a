import { namedDestinations } from '#worker/pdf-graph/destinations.ts'
import { entriesOfTree } from '#worker/pdf-graph/trees.ts'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import type { PdfDict, PdfValue } from '#worker/standards/pdf-objects.ts'
import type { PartPages } from './part-pages.ts'

/**
 * The named destinations and the attached files of all parts. Links within the parts no longer need names; they stay
 * for addresses such as `file.pdf#name`. A name that two parts have is that of the first.
 */
export function mergedNames(graph: PdfGraph, parts: readonly PartPages[]): PdfDict {
  const destinations = new Map<string, PdfValue>()
  for (const { catalog, pages } of parts)
    for (const [name, target] of namedDestinations(graph, catalog, pages)) {
      const key = keyBytes(name)
      if (!destinations.has(key)) destinations.set(key, target)
    }
  // The key of an attached file is not shown.
  const attached = parts
    .flatMap(({ catalog }) => [
      ...entriesOfTree(graph, graph.dict(catalog['/Names'])['/EmbeddedFiles'], '/Names'),
    ])
    .map(([, file], index) => [keyBytes(`u:${String(index + 1).padStart(6, '0')}`), file] as const)
  return {
    ...(destinations.size > 0 && { '/Dests': nameTree([...destinations]) }),
    ...(attached.length > 0 && { '/EmbeddedFiles': nameTree(attached) }),
  }
}

/** Readers search a tree of names by the order of its bytes. */
function nameTree(entries: readonly (readonly [key: string, value: PdfValue])[]): PdfDict {
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { '/Names': sorted.flat() }
}

/** A name or string in the form of bytes in hexadecimal. */
function keyBytes(name: string): string {
  if (name.startsWith('b:')) return name
  const text = name.startsWith('/') ? name.slice(1) : name.slice(2)
  const isAscii = /^[\x20-\x7e]*$/.test(text)
  const bytes = isAscii ? Buffer.from(text) : Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
  return `b:${bytes.toString('hex')}`
}
