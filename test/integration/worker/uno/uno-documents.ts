import { writeFile } from 'node:fs/promises'
import { Document, Packer, Paragraph } from 'docx'
import PptxGenJS from 'pptxgenjs'

const OFFICE = 'urn:oasis:names:tc:opendocument:xmlns:office:1.0'
const TEXT = 'urn:oasis:names:tc:opendocument:xmlns:text:1.0'

export async function writePptx(path: string, slides: number): Promise<void> {
  const deck = new PptxGenJS()
  for (let number = 1; number <= slides; number++) {
    deck.addSlide().addText(`Slide ${number}`, { x: 1, y: 1, w: 5, h: 1 })
  }
  const bytes = await deck.write({ outputType: 'nodebuffer' })
  await writeFile(path, bytes as Uint8Array)
}

export async function writeDocx(path: string, pages: number): Promise<void> {
  const children = Array.from(
    { length: pages },
    (_, index) => new Paragraph({ text: `Page ${index + 1}`, pageBreakBefore: index > 0 }),
  )
  await writeFile(path, await Packer.toBuffer(new Document({ sections: [{ children }] })))
}

/** OpenDocument text as one flat XML file. */
export async function writeFodt(path: string, text: string): Promise<void> {
  await writeFile(
    path,
    `<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="${OFFICE}" xmlns:text="${TEXT}" office:version="1.3"
  office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>
<text:p>${text}</text:p></office:text></office:body></office:document>`,
  )
}
