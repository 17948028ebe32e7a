import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addPages } from '#worker/pdf-graph/add-pages.ts'
import { PdfGraph } from '#worker/pdf-graph.ts'
import { joinShares } from '#worker/shared-export/join-shares.ts'
import type { PdfDict, PdfObjectList } from '#worker/standards/pdf-objects.ts'

interface ExportOptions {
  /** The numbers, from 1, of the pages that are drawn. */
  drawn: readonly number[]
  width?: number
  catalog?: PdfDict
}

/** An export of three pages as qpdf lists it; each page that is drawn has a link to the last one. */
function exported({ drawn, width = 90, catalog = {} }: ExportOptions): PdfObjectList {
  const page = (number: number) => ({
    ...{ '/Type': '/Page', '/Parent': '2 0 R', '/MediaBox': [0, 0, width, 90], '/Trans': { '/S': '/Fade' } },
    ...{ '/Contents': `${10 + number} 0 R`, '/Resources': '20 0 R' },
    ...(drawn.includes(number) && {
      ...{ '/Annots': [{ '/Subtype': '/Link', '/Dest': ['5 0 R', '/Fit'] }], '/Tabs': 'u:S' },
    }),
  })
  const content = (number: number) => ({ '/Drawn': drawn.includes(number), '/Number': number })
  const objects: Record<string, PdfDict> = {
    '1 0 R': { '/Type': '/Catalog', '/Pages': '2 0 R', '/Outlines': '6 0 R', ...catalog },
    '2 0 R': { '/Type': '/Pages', '/Kids': ['3 0 R', '4 0 R', '5 0 R'], '/Count': 3 },
    ...{ '3 0 R': page(1), '4 0 R': page(2), '5 0 R': page(3) },
    '6 0 R': { '/Type': '/Outlines', '/First': '7 0 R' },
    '7 0 R': { '/Title': 'u:Second', '/Dest': ['4 0 R', '/Fit'] },
    ...{ '11 0 R': content(1), '12 0 R': content(2), '13 0 R': content(3) },
    '20 0 R': { '/Font': { '/F1': '21 0 R' } },
    '21 0 R': { '/Type': '/Font', '/BaseFont': '/BAAAAA+Carlito' },
  }
  const listed = Object.entries(objects).map(([name, value]) => [`obj:${name}`, { value }])
  return structuredClone({ ...Object.fromEntries(listed), trailer: { value: { '/Root': '1 0 R' } } })
}

function join(one: ExportOptions, other: ExportOptions, drawnIn = [0, 1, 1]) {
  const graph = PdfGraph.empty()
  const parts = [one, other].map(options => addPages(graph, exported(options)))
  const trailer = joinShares(graph, { parts, drawnIn })
  return trailer && { graph, trailer, catalog: graph.dict(trailer['/Root']) }
}

function pagesOf(joined: NonNullable<ReturnType<typeof join>>) {
  const { graph, catalog } = joined
  return graph.list(graph.dict(catalog['/Pages'])['/Kids']).map(reference => ({
    reference,
    dict: graph.dict(reference),
    content: graph.dict(graph.dict(reference)['/Contents']),
  }))
}

describe('joined shares', () => {
  it('show each page as the part has it in which it is drawn', () => {
    const joined = join({ drawn: [1] }, { drawn: [2, 3] })
    assert.ok(joined)
    assert.deepEqual(
      pagesOf(joined).map(({ content }) => content),
      [1, 2, 3].map(number => ({ '/Drawn': true, '/Number': number })),
    )
  })

  it('have links and bookmarks that lead to the pages of the whole', () => {
    const joined = join({ drawn: [1] }, { drawn: [2, 3] })
    assert.ok(joined)
    const pages = pagesOf(joined)
    const { graph, catalog } = joined
    const [, second, last] = pages.map(({ reference }) => reference)
    for (const { dict } of pages) {
      const [link] = graph.list(dict['/Annots'])
      assert.deepEqual(graph.dict(link)['/Dest'], [last, '/Fit'])
      assert.equal(dict['/Parent'], catalog['/Pages'])
    }
    const bookmark = graph.dict(graph.dict(catalog['/Outlines'])['/First'])
    assert.deepEqual(bookmark['/Dest'], [second, '/Fit'])
  })

  it('have fonts of different names, because each part has other letters of them', () => {
    const joined = join({ drawn: [1] }, { drawn: [2, 3] })
    assert.ok(joined)
    const names = pagesOf(joined).map(({ dict }) => {
      const fonts = joined.graph.dict(joined.graph.dict(dict['/Resources'])['/Font'])
      return joined.graph.dict(fonts['/F1'])['/BaseFont']
    })
    assert.deepEqual(names, ['/BAAAAA+Carlito', '/BAAAAB+Carlito', '/BAAAAB+Carlito'])
  })

  it('are refused where pages differ in number or size, or the document holds more than pages', () => {
    const drawn = [1, 2, 3]
    assert.ok(join({ drawn }, { drawn }))
    assert.equal(join({ drawn }, { drawn }, [0, 1]), undefined)
    assert.equal(join({ drawn }, { drawn, width: 80 }), undefined)
    for (const name of ['/StructTreeRoot', '/AcroForm', '/Names', '/OCProperties'])
      assert.equal(join({ drawn }, { drawn, catalog: { [name]: {} } }), undefined, name)
  })

  it('reach nothing of the pages that are not shown', () => {
    const joined = join({ drawn: [1] }, { drawn: [2, 3] })
    assert.ok(joined)
    const { graph } = joined
    const reached = JSON.stringify(pagesOf(joined).map(({ dict }) => dict)).match(/\d+ 0 R/g) ?? []
    for (const reference of reached) assert.notEqual(graph.dict(reference)['/Drawn'], false)
  })
})
