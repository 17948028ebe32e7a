import type { AddedPdf } from '#worker/pdf-graph.ts'

/** A PDF in the graph that becomes a part of another. */
export interface PartPages extends AddedPdf {
  /** The title of its bookmark. */
  title: string
  pages: readonly string[]
}
