/**
 * Files that other packages and LibreOffice itself write, in every format that they know and we take: none is refused,
 * and each becomes a PDF that says what is in it. Takes the packages from npm, in a folder of their own.
 */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { deck } from '#test/documents/deck.ts'
import { word } from '#test/documents/packages.ts'
import { workbook } from '#test/documents/sheet.ts'
import { saved } from '#test/integration/worker/shown.ts'
import { pageText } from '#test/pdf.ts'
import { clearAway, makeDataDir, startInstance, type TestInstance } from '#test/test-instance.ts'

const run = promisify(execFile)
const PACKAGES = ['docx@9.5.1', 'exceljs@4.4.0', 'pptxgenjs@4.0.1', 'write-excel-file@4.1.1', 'xlsx@0.18.5']
const WRITER = join(import.meta.dirname, 'foreign-files', 'write.mjs')
/** By LibreOffice's names, in each of which it saves one document of its kind. */
const FILTERS = {
  text: {
    odt: 'writer8',
    ott: 'writer8_template',
    fodt: 'OpenDocument Text Flat XML',
    docx: 'MS Word 2007 XML',
    dotx: 'MS Word 2007 XML Template',
    docm: 'MS Word 2007 XML VBA',
    doc: 'MS Word 97',
    dot: 'MS Word 97 Vorlage',
    rtf: 'Rich Text Format',
    txt: 'Text',
    html: 'HTML (StarWriter)',
    xhtml: 'XHTML Writer File',
  },
  sheet: {
    ods: 'calc8',
    ots: 'calc8_template',
    fods: 'OpenDocument Spreadsheet Flat XML',
    xlsx: 'Calc MS Excel 2007 XML',
    xltx: 'Calc MS Excel 2007 XML Template',
    xlsm: 'Calc MS Excel 2007 VBA XML',
    xls: 'MS Excel 97',
    xlt: 'MS Excel 97 Vorlage/Template',
    csv: 'Text - txt - csv (StarCalc)',
    slk: 'SYLK',
    dif: 'DIF',
    html: 'HTML (StarCalc)',
  },
  deck: {
    odp: 'impress8',
    otp: 'impress8_template',
    fodp: 'OpenDocument Presentation Flat XML',
    pptx: 'Impress MS PowerPoint 2007 XML',
    potx: 'Impress MS PowerPoint 2007 XML Template',
    ppsx: 'Impress MS PowerPoint 2007 XML AutoPlay',
    ppt: 'MS PowerPoint 97',
    pps: 'MS PowerPoint 97 AutoPlay',
    pot: 'MS PowerPoint 97 Vorlage',
    odg: 'impress8_draw',
  },
} as const

const folder = await mkdtemp(join(tmpdir(), 'nightshift-foreign-'))
const files = join(folder, 'files')
try {
  await writeByPackages()
  await writeByOffice()
  const failed = await convertAll()
  if (failed > 0) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function writeByPackages(): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  await run('npm', ['install', '--silent', '--no-audit', '--no-fund', ...PACKAGES], { cwd: folder })
  await cp(WRITER, join(folder, 'write.mjs'))
  await run(process.execPath, ['write.mjs'], { cwd: folder })
}

async function writeByOffice(): Promise<void> {
  await mkdir(files, { recursive: true })
  const sources = {
    text: ['docx', await word('<w:p><w:r><w:t>Anna</w:t></w:r></w:p>')],
    sheet: ['xlsx', await workbook(['Anna'], { columns: 1 })],
    deck: ['pptx', await deck({ slides: 1 })],
  } as const
  for (const [kind, filters] of Object.entries(FILTERS)) {
    const [format, bytes] = sources[kind as keyof typeof sources]
    for (const [extension, content] of await saved({ bytes, format }, filters))
      await writeFile(join(files, `libreoffice-${kind}.${extension}`), content)
  }
}

/** Gives how many were not converted. */
async function convertAll(): Promise<number> {
  const dataDir = makeDataDir()
  let instance: TestInstance | undefined
  let failed = 0
  try {
    instance = await startInstance({ dataDir })
    await instance.ready()
    const names = (await readdir(files)).sort()
    for (const name of names) {
      const outcome = await convert(instance.url, name)
      if (!outcome.isRight) failed++
      console.log(`  ${outcome.isRight ? '✓' : '✗'} ${name}: ${outcome.words}`)
    }
    console.log(`  ${names.length} files, ${failed} of them wrong`)
  } finally {
    await instance?.end('SIGTERM')
    await clearAway(dataDir)
  }
  return failed
}

async function convert(url: string, name: string): Promise<{ isRight: boolean; words: string }> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(await readFile(join(files, name)))]), name)
  const answer = await fetch(`${url}/api/convert`, { method: 'POST', body: form })
  if (!answer.ok) return { isRight: false, words: await answer.text() }
  const words = (await pageText(Buffer.from(await answer.arrayBuffer()))).replace(/\s+/g, ' ').trim()
  return { isRight: /Anna|slide 1/.test(words), words }
}
