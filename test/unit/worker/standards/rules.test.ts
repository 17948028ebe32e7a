import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accessibilityBreaches } from '#worker/standards/accessibility-rules.ts'
import { archiveBreaches } from '#worker/standards/archive-rules.ts'
import { type PdfDict, PdfObjects, parseObjects } from '#worker/standards/pdf-objects.ts'

/** A file that breaks nothing, and what is put in beside. */
function objectsWith(
  extra: readonly PdfDict[],
  { trailer, ...catalog }: PdfDict & { trailer?: PdfDict } = {},
): PdfObjects {
  const dicts: PdfDict[] = [
    {
      '/OutputIntents': [{ '/S': '/GTS_PDFA1', '/DestOutputProfile': '9 0 R' }],
      '/StructTreeRoot': '2 0 R',
      '/MarkInfo': { '/Marked': true },
      '/ViewerPreferences': { '/DisplayDocTitle': true },
      '/Lang': 'u:en-US',
      '/Pages': '3 0 R',
      ...catalog,
    },
    { '/Type': '/StructTreeRoot', '/K': [0], '/RoleMap': { '/Photo': '/Figure' } },
    { '/Type': '/Pages', '/Kids': ['4 0 R', '3 0 R', '5 0 R'] },
    { '/Type': '/Page', '/Tabs': '/S', '/Annots': [] },
    { '/Type': '/Page' },
    { '/Title': 'u:Title' },
    ...extra,
  ]
  const objects = Object.fromEntries(dicts.map((dict, index) => [`obj:${index + 1} 0 R`, { value: dict }]))
  const end = { '/Root': '1 0 R', '/Info': '6 0 R', '/ID': ['b:00', 'b:00'], ...trailer }
  return new PdfObjects(parseObjects(JSON.stringify({ qpdf: [{}, { ...objects, trailer: { value: end } }] })))
}

const found = (breaches: object) =>
  Object.entries(breaches).flatMap(([code, count]) =>
    count ? [`${code.replace('standard_', '')} ${count}`] : [],
  )
const printed = { '/Rect': [0, 0, 1, 1], '/F': 4 }

describe('the rules of PDF/A', () => {
  const cases: [what: string, dict: PdfDict, first: string[], third: string[]][] = [
    ['nothing', {}, [], []],
    ['a font outside', { '/Type': '/Font', '/Subtype': '/TrueType' }, ['fonts 1'], ['fonts 1']],
    ['a font of drawings', { '/Type': '/Font', '/Subtype': '/Type3' }, [], []],
    ['half opacity', { '/ca': 0.5 }, ['transparency 1'], []],
    ['a soft mask', { '/SMask': '7 0 R' }, ['transparency 1'], []],
    ['a transparent group', { '/Group': { '/S': '/Transparency' } }, ['transparency 1'], []],
    ['a script', { '/A': { '/S': '/JavaScript', '/JS': 'u:x' } }, ['active_content 1'], ['active_content 1']],
    ['a tag called as an action', { '/Type': '/StructElem', '/S': '/Launch' }, [], []],
    ['a film', { '/Subtype': '/Movie', ...printed }, ['active_content 1'], ['active_content 1']],
    ['an attached file', { '/EF': { '/F': '9 0 R' } }, ['attachments 1'], ['attachments 1']],
    ['one that says why', { '/EF': {}, '/AFRelationship': '/Source' }, ['attachments 1'], []],
    [
      'a link that is not printed',
      { '/Subtype': '/Link', '/Rect': [] },
      ['annotations 1'],
      ['annotations 1'],
    ],
    ['a CMYK picture', { '/ColorSpace': '/DeviceCMYK' }, ['colours 1'], ['colours 1']],
    ['a picture packed by LZW', { '/Filter': ['/LZWDecode'] }, ['constructs 1'], ['constructs 1']],
    ['a JPEG 2000', { '/Filter': '/JPXDecode' }, ['constructs 1'], []],
  ]
  for (const [what, dict, first, third] of cases)
    it(`judge ${what}`, () => {
      const objects = objectsWith([dict])
      assert.deepEqual(
        [1, 3].map(part => found(archiveBreaches(objects, part))),
        [first, third],
      )
    })

  it('ask for an output intent and an identifier, and forbid a lock', () => {
    assert.deepEqual(found(archiveBreaches(objectsWith([], { '/OutputIntents': [] }), 2)), ['colours 1'])
    const trailer = { '/ID': null, '/Encrypt': '9 0 R' }
    assert.deepEqual(found(archiveBreaches(objectsWith([], { trailer }), 2)), ['constructs 1'])
  })
})

describe('the rules of PDF/UA', () => {
  const cases: [what: string, dict: PdfDict, found: string[]][] = [
    ['nothing', {}, []],
    [
      'a picture that is described',
      { '/Type': '/StructElem', '/S': '/Figure', '/Alt': 'u:A cat', '/K': [0] },
      [],
    ],
    ['one that is not', { '/Type': '/StructElem', '/S': '/Figure', '/Alt': 'u: ', '/K': [0] }, ['figures 1']],
    ['one by another name', { '/Type': '/StructElem', '/S': '/Photo', '/K': [0] }, ['figures 1']],
    [
      'one without its picture',
      { '/Type': '/StructElem', '/S': '/Figure', '/Alt': 'u:A cat' },
      ['figures 1'],
    ],
    ['a bare link', { '/Subtype': '/Link', ...printed }, ['links 1']],
    ['a page whose links have no order', { '/Type': '/Page', '/Annots': [], '/Tabs': 'u:S' }, ['links 1']],
    ['a bare field', { '/Subtype': '/Widget', ...printed }, ['fields 1']],
  ]
  for (const [what, dict, expected] of cases)
    it(`judge ${what}`, () => {
      assert.deepEqual(found(accessibilityBreaches(objectsWith([dict]))), expected)
    })

  it('ask for tags, a title that is shown and a language', () => {
    const bare = { '/StructTreeRoot': null, '/ViewerPreferences': {}, '/Lang': 'u:' }
    assert.deepEqual(found(accessibilityBreaches(objectsWith([], bare))), ['tags 1', 'title 1', 'language 1'])
  })
})

describe('the objects of a PDF', () => {
  it('give each page once and in order, though their tree leads back to itself', () => {
    const pages = objectsWith([]).pages()
    assert.deepEqual(
      pages.map(({ reference }) => reference),
      ['4 0 R', '5 0 R'],
    )
  })

  it('are looked through however deep they stand in one another, and however many there are', () => {
    const deep = `${'['.repeat(100_000)}{"/ca":0.1}${']'.repeat(100_000)}`
    const wide = `[${'0,'.repeat(300_000)}{"/ca":0.1}]`
    for (const value of [deep, wide]) {
      const objects = new PdfObjects(parseObjects(`{"qpdf":[{},{"obj:1 0 R":{"value":${value}}}]}`))
      assert.equal(archiveBreaches(objects, 1).standard_transparency, 1)
    }
  })
})
