import { Document, Packer, PageBreak, Paragraph, TextRun } from 'docx'

/** A real Word document; each page shows `<title>: page <n> of <pages>`. */
export async function letter({
  pages = 1,
  title = 'Letter',
  font,
}: {
  pages?: number
  title?: string
  font?: string
} = {}): Promise<Buffer> {
  const children = Array.from({ length: pages }, (_, index) => {
    const text = new TextRun({ text: `${title}: page ${index + 1} of ${pages}`, ...(font && { font }) })
    return new Paragraph({ children: index === 0 ? [text] : [new PageBreak(), text] })
  })
  return Packer.toBuffer(new Document({ sections: [{ children }] }))
}
