import type { PagesInGraph } from '#worker/pdf-graph/add-pages.ts'

/** A PDF in the graph that becomes a part of another. */
export interface PartPages extends PagesInGraph {
  /** The title of its bookmark. */
  title: string
}
