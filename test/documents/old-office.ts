/** The smallest documents of programs that few have any more. */
import { archive } from './archive.ts'

/** A sheet of Lotus 1-2-3 for DOS with these words in its first cell. */
export function lotusSheet(words: string): Buffer {
  const label = Buffer.from(`\x7f\0\0\0\0'${words}\0`, 'latin1')
  return records([
    [0x00, Buffer.from('0604', 'hex')],
    [0x0f, label],
    [0x01, Buffer.alloc(0)],
  ])
}

/** A document of WordPerfect 5 with these words. */
export function wordPerfect(words: string): Buffer {
  const header = Buffer.from('ff57504310000000010a000100000000', 'hex')
  return Buffer.concat([header, Buffer.from(`${words}\n`, 'latin1')])
}

/** A document of Pages of 2009 with these words. */
export function pagesDocument(words: string): Promise<Buffer> {
  const apple = 'http://developer.apple.com/namespaces'
  const text = `<sf:text-storage sf:kind="body"><sf:text-body><sf:section><sf:layout><sf:p>${words}<sf:br/></sf:p></sf:layout></sf:section></sf:text-body></sf:text-storage>`
  return archive({
    'index.xml': `<?xml version="1.0"?><sl:document xmlns:sfa="${apple}/sfa" xmlns:sf="${apple}/sf" xmlns:sl="${apple}/sl" sl:version="92008102400">${text}</sl:document>`,
  })
}

/** A sheet of Excel 2, 3 or 4 with these words in its first cell. */
export function oldExcelSheet(version: 2 | 3 | 4, words: string): Buffer {
  const text = Buffer.from(words, 'latin1')
  const place = Buffer.alloc(version === 2 ? 7 : 6)
  const length = Buffer.from(version === 2 ? [text.length] : [text.length, 0])
  const high = (version - 2) << 9
  return records([
    [0x09 | high, Buffer.from(version === 2 ? '02001000' : '000010000000', 'hex')],
    [version === 2 ? 0x04 : 0x204, Buffer.concat([place, length, text])],
    [0x0a, Buffer.alloc(0)],
  ])
}

/** Records of a sheet: number, length, content. */
function records(all: readonly (readonly [number, Buffer])[]): Buffer {
  return Buffer.concat(
    all.flatMap(([number, data]) => [Buffer.from(Uint16Array.of(number, data.length).buffer), data]),
  )
}

/** A document of OpenOffice 1 with these words. */
export function openOffice1(kind: 'writer' | 'calc' | 'impress' | 'draw', words: string): Promise<Buffer> {
  const box = `<draw:page draw:name="p"><draw:text-box svg:x="1cm" svg:y="1cm" svg:width="9cm" svg:height="2cm"><text:p>${words}</text:p></draw:text-box></draw:page>`
  const bodies = {
    writer: ['text', `<text:p>${words}</text:p>`],
    calc: [
      'spreadsheet',
      `<table:table table:name="t"><table:table-row><table:table-cell><text:p>${words}</text:p></table:table-cell></table:table-row></table:table>`,
    ],
    impress: ['presentation', box],
    draw: ['drawing', box],
  }
  const [name, body] = bodies[kind]
  const type = `application/vnd.sun.xml.${kind}`
  const space = (prefix: string, end: string) => ` xmlns:${prefix}="http://openoffice.org/2000/${end}"`
  const spaces =
    ['office', 'text', 'table'].map(prefix => space(prefix, prefix)).join('') + space('draw', 'drawing')
  return archive({
    mimetype: type,
    'META-INF/manifest.xml': `<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest"><manifest:file-entry manifest:media-type="${type}" manifest:full-path="/"/><manifest:file-entry manifest:media-type="text/xml" manifest:full-path="content.xml"/></manifest:manifest>`,
    'content.xml': `<?xml version="1.0" encoding="UTF-8"?><office:document-content${spaces} xmlns:svg="http://www.w3.org/2000/svg" office:class="${name}" office:version="1.0"><office:body>${body}</office:body></office:document-content>`,
  })
}
