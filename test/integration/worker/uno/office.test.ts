import assert from 'node:assert/strict'
import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { OfficeDocument } from '#worker/uno/document.ts'
import type { IndicatorEvent } from '#worker/uno/status-indicator.ts'
import { UnoError } from '#worker/uno/uno-errors.ts'
import { type Soffice, startSoffice } from './soffice.ts'
import { writeDocx, writeFodt, writePptx } from './uno-documents.ts'

const SLIDES = 7
const PAGES = 5

let soffice: Soffice
const at = (name: string) => path.join(soffice.directory, name)

before(async () => {
  soffice = await startSoffice()
  await writePptx(at('deck.pptx'), SLIDES)
  await writeDocx(at('text.docx'), PAGES)
  await writeFodt(at('flat.fodt'), 'Guten Abend')
})
after(() => soffice.stop())

function listening() {
  const events: IndicatorEvent[] = []
  const onProgress = (event: IndicatorEvent) => {
    events.push(event)
  }
  const values = () => events.flatMap(event => (event.kind === 'value' ? [event.value] : []))
  return { events, onProgress, values }
}

async function loaded(name: string, onProgress?: (event: IndicatorEvent) => void): Promise<OfficeDocument> {
  const document = await soffice.office.load(at(name), { onProgress })
  assert.ok(document)
  return document
}

async function assertPdf(name: string, pages: number): Promise<void> {
  const bytes = await readFile(at(name))
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-')
  assert.equal(bytes.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length, pages)
}

async function pictureSize(name: string): Promise<[number, number]> {
  const bytes = await readFile(at(name))
  assert.equal(bytes.subarray(1, 4).toString(), 'PNG')
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
}

test('a fresh profile makes soffice leave with 81 once; the greeting is tried again and succeeds', () => {
  assert.deepEqual(soffice.exitCodes, [81])
})

test('a deck: every slide is counted while loading and while exporting', async () => {
  const loading = listening()
  const deck = await loaded('deck.pptx', loading.onProgress)
  assert.equal(loading.events[0]?.kind, 'start')
  assert.equal(loading.events.at(-1)?.kind, 'end')
  assert.equal(loading.values().length, SLIDES)

  assert.equal(await deck.kind(), 'presentation')
  assert.equal(await deck.count('presentation'), SLIDES)

  const exporting = listening()
  await deck.store(at('deck.pdf'), 'impress_pdf_Export', { onProgress: exporting.onProgress })
  assert.deepEqual(exporting.events[0], { kind: 'start', text: 'Export as PDF', range: SLIDES })
  assert.deepEqual(
    exporting.values(),
    Array.from({ length: SLIDES }, (_, index) => index),
  )
  await assertPdf('deck.pdf', SLIDES)
  await deck.close()
})

test('a text: its pages are counted and exported', async () => {
  const loading = listening()
  const text = await loaded('text.docx', loading.onProgress)
  assert.equal(loading.events.at(-1)?.kind, 'end')
  assert.equal(await text.kind(), 'text')
  assert.equal(await text.count('text'), PAGES)
  const exporting = listening()
  await text.store(at('text.pdf'), 'writer_pdf_Export', { onProgress: exporting.onProgress })
  assert.equal(exporting.values().length, PAGES)
  await assertPdf('text.pdf', PAGES)
  await text.close()
})

test('the first page is drawn in its own proportions, no side above the limit', async () => {
  for (const [name, kind, width, height] of [
    ['deck.pptx', 'presentation', 640, 360],
    ['text.docx', 'text', 453, 640],
  ] as const) {
    const document = await loaded(name)
    assert.equal(await document.storeFirstPage(at('first.png'), kind, { longestSide: 640 }), true)
    const size = await pictureSize('first.png')
    assert.ok(
      Math.max(...size) <= 640 && Math.abs(size[0] - width) <= 1 && Math.abs(size[1] - height) <= 1,
      `${name} ${size}`,
    )
    await document.close()
  }
})

test('a filter that does not fit gives null, a file that is not there and a filter that is none a UnoError', async () => {
  assert.equal(await soffice.office.load(at('text.docx'), { filter: 'impress8' }), null)
  await writeFile(at('broken.docx'), (await readFile(at('text.docx'))).subarray(0, 4000))
  const broken = await soffice.office.load(at('broken.docx'), { filter: 'MS Word 2007 XML' })
  assert.equal(broken, null)
  await assert.rejects(soffice.office.load(at('missing.docx')), UnoError)
  const flat = await loaded('flat.fodt')
  await assert.rejects(flat.store(at('o.pdf'), 'no such filter'), UnoError)
  await flat.store(at('o.pdf'), 'writer_pdf_Export')
  await assertPdf('o.pdf', 1)
  await flat.close()
})

test('names with spaces, quotes, percent signs and foreign scripts are found', async () => {
  const name = `Größe "100%20" 漢字 #1?.fodt`
  await writeFodt(at(name), 'x')
  const document = await loaded(name)
  await document.store(at(`${name}.pdf`), 'writer_pdf_Export')
  await document.close()
  assert.ok((await stat(at(`${name}.pdf`))).size > 0)
})

test('an aborted call rejects at once with the reason, and its late reply does no harm', async () => {
  const controller = new AbortController()
  const reason = new Error('not wanted any more')
  const onProgress = () => controller.abort(reason)
  const loading = soffice.office.load(at('deck.pptx'), { onProgress, signal: controller.signal })
  await assert.rejects(loading, (error: unknown) => error === reason)
  const flat = await loaded('flat.fodt')
  await flat.close()
  assert.deepEqual(soffice.office.counts, { pending: 0, exported: 0 })
})

test('60 conversions leave nothing behind in the tables', async () => {
  for (let round = 0; round < 60; round++) {
    const flat = await loaded('flat.fodt', () => {})
    await flat.store(at('round.pdf'), 'writer_pdf_Export', { onProgress: () => {} })
    await flat.close()
    assert.deepEqual(soffice.office.counts, { pending: 0, exported: 0 })
  }
})
