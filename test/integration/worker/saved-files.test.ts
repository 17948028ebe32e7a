import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { sourceOfBuffer } from '#lib/scan/source.ts'
import { scan } from '#lib/scan.ts'
import { asAppError } from '#lib/vocabulary/errors.ts'
import { deck } from '#test/documents/deck.ts'
import { letter } from '#test/documents/letter.ts'
import { sheet } from '#test/documents/sheet.ts'
import { type Soffice, startSoffice } from './uno/soffice.ts'

type Saved = readonly [filter: string, fileName: string, found: string]

/** What LibreOffice saves beside what `everySource` has of it, and what that is found to be. */
const SAVED: Readonly<Record<string, readonly Saved[]>> = {
  docx: [
    ['Office Open XML Text', 'a.docx', 'docx'],
    ['HTML (StarWriter)', 'a.html', 'html'],
    ['HTML (StarWriter)', 'a.doc', 'html'],
    ['XHTML Writer File', 'a.xhtml', 'html'],
    ['Text', 'a.txt', 'txt'],
    ['EPUB', 'a.epub', 'unsupported_format'],
    ['writer_pdf_Export', 'a.pdf', 'pdf'],
    ['writer_png_Export', 'a.png', 'png'],
  ],
  xlsx: [
    ['Calc Office Open XML', 'a.xlsx', 'xlsx'],
    ['Text - txt - csv (StarCalc)', 'a.csv', 'csv'],
    ['Text - txt - csv (StarCalc)', 'a.xls', 'csv'],
    ['HTML (StarCalc)', 'a.html', 'html'],
    ['calc_pdf_Export', 'a.xlsx', 'type_mismatch'],
  ],
  pptx: [
    ['Impress Office Open XML', 'a.pptx', 'pptx'],
    // It writes the type of a presentation into it.
    ['Impress Office Open XML AutoPlay', 'a.ppsx', 'pptx'],
    ['impress8_draw', 'a.odg', 'odp'],
    ['impress_jpg_Export', 'a.jpg', 'jpg'],
    ['impress_svg_Export', 'a.svg', 'svg'],
    ['impress_emf_Export', 'a.emf', 'emf'],
  ],
}

describe('a file that LibreOffice saved', () => {
  let soffice: Soffice
  before(async () => {
    soffice = await startSoffice()
  })
  after(() => soffice.stop())

  const MADE = { docx: letter, xlsx: () => sheet(), pptx: () => deck() }
  for (const [from, make] of Object.entries(MADE))
    it(`from a ${from} is found to be what it is`, async () => {
      const source = join(soffice.directory, `from.${from}`)
      await writeFile(source, await make())
      const document = await soffice.office.load(source)
      assert.ok(document)
      const found: Saved[] = []
      for (const [filter, fileName] of SAVED[from] ?? []) {
        const target = join(soffice.directory, `saved-${fileName}`)
        await document.store(target, filter)
        const outcome = await scan(sourceOfBuffer(await readFile(target)), fileName).then(
          ({ format }) => format,
          error => asAppError(error).code,
        )
        found.push([filter, fileName, outcome])
      }
      await document.close()
      assert.deepEqual(found, SAVED[from])
    })
})
