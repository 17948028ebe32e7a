import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { partsOf } from '#test/documents/archive.ts'
import { deck } from '#test/documents/deck.ts'
import { flat } from '#test/documents/flat.ts'
import { pageCount, pageText, pdfFacts } from '#test/pdf.ts'
import { objectsOf, pdfLinks, pdfOutline } from '#test/pdf-structure.ts'
import { checkResult } from '#worker/check-result.ts'
import type { ConversionPart } from '#worker/engine.ts'
import { make, openTestEngine, type TestEngine, type TestSource } from './test-engine.ts'

const run = promisify(execFile)

const heading = (level: number, words: string) =>
  `<text:h text:outline-level="${level}" text:style-name="own-page"><text:bookmark text:name="${words}"/>${words}</text:h>`
const link = (to: string) =>
  `<text:p><text:a xlink:type="simple" xlink:href="#${to}">to ${to}</text:a></text:p>`
const STYLES =
  '<style:style style:name="own-page" style:family="paragraph" style:parent-style-name="Heading"><style:paragraph-properties fo:break-before="page"/></style:style>'

/** A text of three pages: each heading begins one, the last page leads to the first. */
const text = (title: string) =>
  flat('text', `${heading(1, title)}${heading(2, 'Inner')}${heading(1, 'End')}${link(title)}`, {
    styles: STYLES,
  })

describe('documents of several kinds that are merged', () => {
  let testEngine: TestEngine
  let printed: Buffer
  before(async () => {
    testEngine = await openTestEngine('bwrap')
    await testEngine.engine.start()
    printed = (await make(testEngine, { bytes: text('Printed'), format: 'fodt' }, { target: 'pdfua' })).bytes
  })
  after(() => testEngine.close())

  async function merged(
    sources: Record<string, TestSource>,
    {
      options = {},
      secrets = {},
    }: { options?: Record<string, string>; secrets?: Record<string, string> } = {},
  ) {
    const signal = AbortSignal.timeout(60_000)
    return testEngine.slots.use(async directory => {
      const parts: ConversionPart[] = []
      for (const [fileName, { bytes, format }] of Object.entries(sources)) {
        const sourcePath = join(directory, `source-${parts.length + 1}.${format}`)
        await writeFile(sourcePath, bytes)
        parts.push({ sourcePath, format, fileName })
      }
      const whole = {
        sourcePath: '',
        format: 'pdf',
        target: 'pdf',
        parts,
        directory,
        options,
        secrets,
        signal,
      }
      const converted = await testEngine.engine.convert({ ...whole, onProgress: () => {} })
      await checkResult({ ...converted, target: 'pdf', slot: directory, signal }, testEngine.sandbox)
      return readFile(converted.path)
    })
  }

  it('are two of a kind of which LibreOffice gets a copy', async () => {
    const page = (word: string) => `<p>ä${word} <a href="//example.org/${word}">link</a></p>`
    const latin = (words: string) => Buffer.from(words, 'latin1')
    const bytes = await merged({
      'a.html': { format: 'html', bytes: page('one') },
      'b.html': { format: 'html', bytes: page('two') },
      'c.txt': { format: 'txt', bytes: latin('äthree') },
      'd.txt': { format: 'txt', bytes: latin('äfour') },
      'e.csv': { format: 'csv', bytes: 'name,value\näfive,01\n' },
      'f.csv': { format: 'csv', bytes: 'name,value\näsix,02\n' },
    })
    const words = await pageText(bytes)
    for (const word of ['one', 'two', 'three', 'four', 'five', 'six'])
      assert.ok(words.includes(`ä${word}`), word)
  })

  it('become one PDF with all outlines and links', async () => {
    const pdf = await merged({
      'deck.pptx': { bytes: await deck({ slides: 2 }), format: 'pptx' },
      'text.fodt': { bytes: text('Text'), format: 'fodt' },
      'printed.pdf': { bytes: printed, format: 'pdf' },
    })
    assert.deepEqual(await pdfOutline(pdf), [
      [
        'deck',
        1,
        [
          ['Slide 1', 1],
          ['Slide 2', 2],
        ],
      ],
      [
        'text',
        3,
        [
          ['Text', 3, [['Inner', 4]]],
          ['End', 5],
        ],
      ],
      [
        'printed',
        6,
        [
          ['Printed', 6, [['Inner', 7]]],
          ['End', 8],
        ],
      ],
    ])
    assert.deepEqual((await pdfLinks(pdf)).slice(4), [[3], [], [], [6]])
    assert.match(await pageText(pdf, 2), /slide 2 of 2/)
    assert.match(await pageText(pdf, 8), /to Printed/)
  })

  it('have tags that lead from each page to its own elements', async () => {
    const pdf = await merged({
      'one.pdf': { bytes: printed, format: 'pdf' },
      'two.pdf': { bytes: printed, format: 'pdf' },
    })
    assert.equal((await pdfFacts(pdf)).Tagged, 'yes')
    const objects = await objectsOf(pdf)
    const tree = objects.list(
      objects.dict(objects.dict(objects.catalog['/StructTreeRoot'])['/ParentTree'])['/Nums'],
    )
    const parents = new Map(tree.flatMap((key, at) => (at % 2 === 0 ? [[key, tree[at + 1]] as const] : [])))
    for (const { dict, reference } of objects.pages()) {
      const elements = objects.list(parents.get(dict['/StructParents'] ?? null))
      assert.ok(elements.length > 0, reference)
      for (const element of elements) assert.equal(objects.dict(element)['/Pg'], reference)
    }
  })

  it('are locked as one, and opened with the password that they share', async () => {
    const folder = testEngine.scratchDir
    const [open, locked] = [join(folder, 'open.pdf'), join(folder, 'locked.pdf')]
    await writeFile(open, printed)
    await run('qpdf', ['--encrypt', 'secret', 'owner', '256', '--', open, locked])
    const sources = {
      'plain.pdf': { bytes: printed, format: 'pdf' },
      'locked.pdf': { bytes: await readFile(locked), format: 'pdf' },
    }
    const pdf = await merged(sources, { secrets: { password: 'secret', resultPassword: 'new' } })
    assert.equal((await pdfFacts(pdf, 'new')).Pages, '6')

    const refusedAs = (code: string) => (error: AppError) => {
      assert.deepEqual([error.code, error.details.part], [code, 'locked.pdf'], error.message)
      return true
    }
    await assert.rejects(merged(sources), refusedAs('password_required'))
    await assert.rejects(merged(sources, { secrets: { password: 'other' } }), refusedAs('wrong_password'))

    await run('qpdf', ['--encrypt', '', 'owner', '256', '--assemble=n', '--', open, locked])
    const restricted = { ...sources, 'locked.pdf': { bytes: await readFile(locked), format: 'pdf' } }
    await assert.rejects(merged(restricted), refusedAs('pdf_restricted'))
    assert.equal(await pageCount(await merged(restricted, { secrets: { password: 'owner' } })), 6)
  })

  it('may be a single one that is split', async () => {
    const options = { split: '1-2,3' }
    const { bytes, pages } = await make(
      testEngine,
      { bytes: text('Text'), format: 'fodt' },
      { target: 'pdf', options },
    )
    assert.equal(pages, 2)
    const files = await partsOf(bytes)
    const [first = '', second = ''] = Object.values(files).map(file => Buffer.from(file))
    assert.deepEqual(await pdfOutline(first), [['Text', 1, [['Inner', 2]]]])
    assert.deepEqual(await pdfOutline(second), [['End', 1]])
    for (const [file, word] of [
      [first, 'Text'],
      [second, 'End'],
    ] as const)
      assert.match(await pageText(file, 1), new RegExp(word))
  })

  it('have the tags of their own pages alone when they are split', async () => {
    const asked = { target: 'pdf', options: { split: '3' } }
    const { bytes } = await make(testEngine, { bytes: printed, format: 'pdf' }, asked)
    const kinds = [...(await objectsOf(bytes)).dicts()].map(({ dict }) => dict['/S'])
    assert.deepEqual(
      kinds.filter(kind => /^\/H\d$/.test(String(kind))),
      ['/H1'],
    )
    assert.equal((await pdfFacts(bytes)).Tagged, 'yes')
  })
})
