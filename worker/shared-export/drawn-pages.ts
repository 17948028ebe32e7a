import { basename, join } from 'node:path'
import type { PdfGraph } from '#worker/pdf-graph.ts'
import { sizeOfRegular } from '#worker/regular-file.ts'
import { isDict } from '#worker/standards/pdf-objects.ts'
import type { Shares } from './join-shares.ts'

/** Other names of fonts and pictures in the same content make less, once it is packed. In bytes. */
const SLACK_BYTES = 64

/**
 * Whether each page has its content where it should be drawn: in no other part it may have more. Another LibreOffice
 * might hide layers a page earlier or later. `slot` holds the data of the streams.
 */
export async function areDrawn(graph: PdfGraph, { parts, drawnIn }: Shares, slot: string): Promise<boolean> {
  for (const [index, owner] of drawnIn.entries()) {
    const sizes = await Promise.all(parts.map(({ pages }) => contentBytes(graph, pages[index] ?? '', slot)))
    if (Math.max(...sizes) > (sizes[owner] ?? 0) + SLACK_BYTES) return false
  }
  return true
}

async function contentBytes(graph: PdfGraph, page: string, slot: string): Promise<number> {
  let bytes = 0
  const { '/Contents': contents } = graph.dict(page)
  for (const reference of typeof contents === 'string' ? [contents] : graph.list(contents)) {
    const raw = graph.raw(String(reference))
    const stream = isDict(raw) && isDict(raw.stream) ? raw.stream : {}
    if (typeof stream.datafile === 'string')
      bytes += await sizeOfRegular(join(slot, basename(stream.datafile)))
  }
  return bytes
}
