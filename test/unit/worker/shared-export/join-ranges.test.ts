import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addPages } from '#worker/pdf-graph/add-pages.ts'
import { readOutline } from '#worker/pdf-graph/outline.ts'
import { PdfGraph } from '#worker/pdf-graph.ts'
import { joinRanges } from '#worker/shared-export/join-ranges.ts'
import type { PdfDict, PdfObjectList } from '#worker/standards/pdf-objects.ts'

interface RangeOptions {
  /** Each page with the sheet to which it belongs. */
  sheets: readonly string[]
  catalog?: PdfDict
}

/** The export of some pages as qpdf lists it, with a bookmark for the first page of each sheet. */
function exported({ sheets, catalog = {} }: RangeOptions): PdfObjectList {
  const names = [...new Set(sheets)]
  const page = (index: number) => `${100 + index} 0 R`
  const mark = (index: number) => `${200 + index} 0 R`
  const objects: Record<string, PdfDict> = {
    '1 0 R': { '/Type': '/Catalog', '/Pages': '2 0 R', '/Outlines': '3 0 R', ...catalog },
    '2 0 R': { '/Type': '/Pages', '/Kids': sheets.map((_, index) => page(index)), '/Count': sheets.length },
    '3 0 R': { '/Type': '/Outlines', '/First': mark(0) },
    '4 0 R': { '/Type': '/Font', '/BaseFont': '/BAAAAA+Carlito' },
  }
  for (const [index, sheet] of sheets.entries())
    objects[page(index)] = { '/Type': '/Page', '/Parent': '2 0 R', '/Of': sheet, '/Resources': '4 0 R' }
  for (const [index, name] of names.entries())
    objects[mark(index)] = {
      ...{ '/Title': `u:${name}`, '/Dest': [page(sheets.indexOf(name)), '/Fit'] },
      ...(index + 1 < names.length && { '/Next': mark(index + 1) }),
    }
  const listed = Object.entries(objects).map(([name, value]) => [`obj:${name}`, { value }])
  return structuredClone({ ...Object.fromEntries(listed), trailer: { value: { '/Root': '1 0 R' } } })
}

function join(...ranges: RangeOptions[]) {
  const graph = PdfGraph.empty()
  const trailer = joinRanges(
    graph,
    ranges.map(range => addPages(graph, exported(range))),
  )
  if (!trailer) return undefined
  const catalog = graph.dict(trailer['/Root'])
  const pages = graph.list(graph.dict(catalog['/Pages'])['/Kids'])
  return { graph, catalog, pages, dicts: pages.map(page => graph.dict(page)) }
}

describe('joined ranges', () => {
  it('stand one behind the other, in one tree', () => {
    const joined = join({ sheets: ['A', 'A'] }, { sheets: ['A', 'B'] }, { sheets: ['C'] })
    assert.deepEqual(
      joined?.dicts.map(page => page['/Of']),
      ['A', 'A', 'A', 'B', 'C'],
    )
    assert.ok(joined.dicts.every(page => page['/Parent'] === joined.catalog['/Pages']))
    assert.equal(joined.graph.dict(joined.catalog['/Pages'])['/Count'], 5)
  })

  it('have one bookmark for each sheet, which leads to its first page', () => {
    const joined = join({ sheets: ['A', 'A'] }, { sheets: ['A', 'A'] }, { sheets: ['A', 'B', 'B'] })
    assert.ok(joined)
    const { graph, catalog, pages } = joined
    const marks = readOutline(graph, catalog).map(({ dict }) => [
      dict['/Title'],
      pages.indexOf(graph.list(dict['/Dest'])[0] ?? null),
    ])
    assert.deepEqual(marks, [
      ['u:A', 0],
      ['u:B', 5],
    ])
  })

  it('name the fonts of each range differently', () => {
    const joined = join({ sheets: ['A'] }, { sheets: ['B'] })
    assert.deepEqual(
      joined?.dicts.map(page => joined.graph.dict(page['/Resources'])['/BaseFont']),
      ['/BAAAAA+Carlito', '/BAAAAB+Carlito'],
    )
  })

  it('are refused where one holds more than pages', () => {
    assert.equal(join({ sheets: ['A'] }, { sheets: ['B'], catalog: { '/AcroForm': {} } }), undefined)
  })
})
