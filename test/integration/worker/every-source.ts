import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { archive, partsOf } from '#test/documents/archive.ts'
import { binaryWorkbook } from '#test/documents/binary-workbook.ts'
import { deck } from '#test/documents/deck.ts'
import { flat } from '#test/documents/flat.ts'
import { letter } from '#test/documents/letter.ts'
import { excel2003, word2003 } from '#test/documents/office-2003.ts'
import { lotusSheet, openOffice1, pagesDocument, wordPerfect } from '#test/documents/old-office.ts'
import { oldVisioDrawing } from '#test/documents/old-visio.ts'
import { publication } from '#test/documents/publisher.ts'
import { picture } from '#test/documents/sample-picture.ts'
import { sheet } from '#test/documents/sheet.ts'
import { visioDrawing } from '#test/documents/visio.ts'
import { webArchive } from '#test/documents/web-archive.ts'
import { type Soffice, startSoffice } from './uno/soffice.ts'

/** What every document shows that shows words. */
export const WORD = 'Nightshift'

/** What LibreOffice itself writes from the document of the first format, with the filters of the others. */
const WRITTEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pptx: {
    ...{ potx: 'Impress MS PowerPoint 2007 XML Template' },
    ...{
      pptm: 'Impress MS PowerPoint 2007 XML VBA',
      ppt: 'MS PowerPoint 97',
      pps: 'MS PowerPoint 97 AutoPlay',
    },
    ...{ pot: 'MS PowerPoint 97 Vorlage', odp: 'impress8', otp: 'impress8_template' },
    fodp: 'OpenDocument Presentation Flat XML',
  },
  docx: {
    ...{ dotx: 'MS Word 2007 XML Template', docm: 'MS Word 2007 XML VBA', doc: 'MS Word 97' },
    ...{ dot: 'MS Word 97 Vorlage', odt: 'writer8', ott: 'writer8_template' },
    ...{ fodt: 'OpenDocument Text Flat XML', rtf: 'Rich Text Format' },
  },
  xlsx: {
    ...{ xlsm: 'Calc MS Excel 2007 VBA XML', xltx: 'Calc MS Excel 2007 XML Template', xls: 'MS Excel 97' },
    ...{ ods: 'calc8', ots: 'calc8_template', fods: 'OpenDocument Spreadsheet Flat XML' },
    ...{ xlt: 'MS Excel 97 Vorlage/Template', slk: 'SYLK' },
    ...{ dif: 'DIF', 'html-table': 'HTML (StarCalc)' },
  },
  fodg: {
    ...{ odg: 'draw8', otg: 'draw8_template', jpg: 'draw_jpg_Export', gif: 'draw_gif_Export' },
    ...{ bmp: 'draw_bmp_Export', tiff: 'draw_tif_Export', webp: 'draw_webp_Export' },
    ...{ emf: 'draw_emf_Export', wmf: 'draw_wmf_Export' },
  },
}

/** Formats that nothing here writes. They were seen to be opened; that they are recognised is tested where others are. */
export const NOT_MADE = ['key', 'numbers', 'wps', 'wri', 'wb2', 'pdf']

/** What differs from another format by nothing but the type of its main part. */
const RETYPED: readonly (readonly [made: string, from: string, type: string])[] = [
  ['ppsx', 'pptx', 'application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml'],
  ['ppsm', 'pptm', 'application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml'],
  ['potm', 'pptm', 'application/vnd.ms-powerpoint.template.macroEnabled.main+xml'],
  ['dotm', 'docm', 'application/vnd.ms-word.template.macroEnabledTemplate.main+xml'],
  ['xltm', 'xlsm', 'application/vnd.ms-excel.template.macroEnabled.main+xml'],
]

/** A document of every source format, by its format. */
export async function everySource(): Promise<Map<string, Buffer>> {
  const made = new Map<string, Buffer>()
  for (const [format, bytes] of Object.entries(await byHand())) made.set(format, Buffer.from(bytes))
  const soffice = await startSoffice()
  try {
    for (const [from, filters] of Object.entries(WRITTEN))
      for (const [format, filter] of Object.entries(filters))
        made.set(format, await written({ from, bytes: made.get(from) }, { format, filter }, soffice))
  } finally {
    await soffice.stop()
  }
  for (const [format, from, type] of RETYPED) made.set(format, await retyped(made.get(from), type))
  return made
}

async function byHand(): Promise<Record<string, Buffer | string>> {
  const box = `<draw:frame svg:x="1cm" svg:y="1cm" svg:width="9cm" svg:height="2cm"><draw:text-box><text:p>${WORD}</text:p></draw:text-box></draw:frame>`
  return {
    pptx: await deck({ slides: 2, title: WORD }),
    docx: await letter({ pages: 2, title: WORD }),
    xlsx: await sheet({ title: WORD }),
    xlsb: await binaryWorkbook(WORD),
    wordml: word2003(WORD),
    spreadsheetml: excel2003([[WORD, 1]]),
    sxw: await openOffice1('writer', WORD),
    sxc: await openOffice1('calc', WORD),
    sxi: await openOffice1('impress', WORD),
    sxd: await openOffice1('draw', WORD),
    pages: await pagesDocument(WORD),
    wpd: wordPerfect(WORD),
    123: lotusSheet(WORD),
    txt: `${WORD}\n`,
    mhtml: webArchive(`<h1>${WORD}</h1>`),
    'mhtml-table': webArchive(`<table><tr><td>${WORD}</td></tr></table>`),
    html: `<html><body><h1>${WORD}</h1></body></html>`,
    csv: `${WORD},1\n`,
    tsv: `${WORD}\t1\n`,
    fodg: flat('drawing', `<draw:page draw:name="p">${box}</draw:page>`),
    vsdx: await visioDrawing(WORD),
    vsd: oldVisioDrawing(WORD),
    pub: publication(WORD),
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="50"><text y="20">${WORD}</text></svg>`,
    png: await picture(20, 20),
  }
}

async function written(
  { from, bytes = Buffer.alloc(0) }: { from: string; bytes: Buffer | undefined },
  { format, filter }: { format: string; filter: string },
  { office, directory }: Soffice,
): Promise<Buffer> {
  const [source, target] = [join(directory, `from.${from}`), join(directory, `to.${format}`)]
  await writeFile(source, bytes)
  const document = await office.load(source)
  if (!document) throw new Error(`LibreOffice does not open the ${from}`)
  await document.store(target, filter)
  await document.close()
  return readFile(target)
}

async function retyped(zipped: Buffer | undefined, type: string): Promise<Buffer> {
  const parts = await partsOf(zipped ?? Buffer.alloc(0))
  const types = String(parts['[Content_Types].xml'])
  const changed = types.replace(/application\/vnd\.[^"]*\.main\+xml/, type)
  return archive({ ...parts, '[Content_Types].xml': changed })
}
