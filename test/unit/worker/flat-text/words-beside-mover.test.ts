import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WordsBesideMover } from '#worker/flat-text/words-beside-mover.ts'

/** In pieces of this size, down to single letters. */
function moved(body: string, piece = 1_000_000) {
  const mover = new WordsBesideMover()
  const text = `<office:document><office:master-styles><text:p>h<draw:frame/></text:p></office:master-styles><office:text>${body}</office:text></office:document>`
  let written = ''
  for (let at = 0; at < text.length; at += piece) written += mover.write(text.slice(at, at + piece))
  return {
    body: /<office:text>(.*)<\/office:text>/s.exec(written)?.[1],
    count: mover.count,
    objects: mover.objects,
  }
}

const box = (inner: string) => `<draw:frame><draw:text-box>\n ${inner}\n </draw:text-box></draw:frame>`
const note = (kind: string, mark: string, inner: string) =>
  `<text:note text:note-class="${kind}"><text:note-citation>${mark}</text:note-citation><text:note-body>\n${inner}</text:note-body></text:note>`
const math = (inner: string) =>
  `<draw:frame><draw:object><math><semantics>${inner}<annotation>x over y</annotation></semantics></math></draw:object><draw:image><office:binary-data>AAAA</office:binary-data></draw:image></draw:frame>`
const mi = (letter: string) => `<mi>${letter}</mi>`

describe('words beside the running text of a flat OpenDocument', () => {
  // biome-ignore format: a table
  const cases: [what: string, from: string, to: string, count: number][] = [
    ['nothing', '<text:p>a<text:span>b</text:span></text:p><text:p/>', '<text:p>a<text:span>b</text:span></text:p><text:p/>', 0],
    ['a box goes behind its paragraph, with its tables and lists', `<text:h>a${box('<text:p>b</text:p><table:table><table:table-cell><text:p>c</text:p></table:table-cell></table:table>')}d</text:h>`, '<text:h>ad</text:h><text:p>b</text:p><table:table><table:table-cell><text:p>c</text:p></table:table-cell></table:table>', 2],
    ['a box in a box goes behind that', `<text:p>a${box(`<text:p>b${box('<text:p>c</text:p>')}</text:p><text:p>d</text:p>`)}</text:p>`, '<text:p>a</text:p><text:p>b</text:p><text:p>c</text:p><text:p>d</text:p>', 3],
    ['a box of a page stays where it is', `${box('<text:p>a</text:p>')}<text:p>b</text:p>`, '<text:p>a</text:p><text:p>b</text:p>', 1],
    ['shapes without words leave no line', '<text:p>a<draw:g><draw:rect><text:p/></draw:rect><draw:line/></draw:g></text:p>', '<text:p>a</text:p>', 0],
    ['names and descriptions of pictures are none', '<text:p>a<draw:frame><draw:image><office:binary-data>QQ</office:binary-data><text:p/></draw:image><svg:title>t</svg:title></draw:frame></text:p>', '<text:p>a</text:p>', 0],
    ['notes go to the end, footnotes first', `<text:p>a${note('endnote', 'i', '<text:p><text:s/>E</text:p>')}b${note('footnote', '1', '<text:p><text:span> </text:span>F</text:p><text:p>G</text:p>')}</text:p>`, '<text:p>a[i]b[1]</text:p><text:p/><text:p>[1] <text:span></text:span>F</text:p><text:p>G</text:p><text:p>[i] E</text:p>', 2],
    ['a note in a box, of one empty paragraph', `<text:p>a${box(`<text:p>b${note('footnote', '*', '<text:p text:style-name="N"/>')}</text:p>`)}</text:p>`, '<text:p>a</text:p><text:p>b[*]</text:p><text:p/><text:p text:style-name="N">[*]</text:p>', 2],
    ['what refers to a note stays as its words', '<text:p>a<text:note-ref text:ref-name="f">1</text:note-ref></text:p>', '<text:p>a1</text:p>', 0],
    ['what a condition hides is plain', '<text:p>a<text:hidden-text text:is-hidden="false">b</text:hidden-text></text:p>', '<text:p>ab</text:p>', 0],
    ['comments are none', '<text:p>a<office:annotation><text:p>c</text:p></office:annotation></text:p>', '<text:p>a</text:p>', 0],
    ['what stands over words follows them', '<text:p><text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>b</text:ruby-text></text:ruby></text:p>', '<text:p>a(b)</text:p>', 0],
    ['an equation is said in one line', `<text:p>a ${math(`<mfrac><mrow>${mi('b')}<mo>+</mo>${mi('α')}</mrow><msub>${mi('c')}${mi('1')}</msub></mfrac>`)}.</text:p>`, '<text:p>a (b+α)/(c_1).</text:p>', 1],
    ['an equation of a page is a line of its own', math(`<msqrt>${mi('&lt;')}</msqrt>`), '<text:p>√&lt;</text:p>', 1],
    ['roots, limits and rows', `<text:p>${math(`<mrow><mroot>${mi('a')}<mn>3</mn></mroot><munderover><mo>∑</mo>${mi('i')}${mi('n')}</munderover><mtable><mtr><mtd>${mi('a')}</mtd><mtd>${mi('b')}</mtd></mtr><mtr><mtd>${mi('c')}</mtd></mtr></mtable></mrow>`)}</text:p>`, '<text:p>3√a∑_i^na, b; c</text:p>', 1],
    ['fields of Word', '<text:p><field:fieldmark field:type="v.FORMCHECKBOX"/><field:fieldmark field:type="v.FORMDROPDOWN"><field:param field:name="Dropdown_ListEntry" field:value="a"/><field:param field:name="Dropdown_ListEntry" field:value="b"/><field:param field:name="Dropdown_Selected" field:value="1"/></field:fieldmark></text:p>', '<text:p>☐b</text:p>', 2],
    ['controls of forms, each apart', '<office:forms><form:form><form:checkbox form:id="c1" form:label="a" form:current-state="checked"><form:properties/></form:checkbox><form:listbox form:id="c2"><form:option form:label="b"/><form:option form:label="c" form:selected="true"/></form:listbox><form:password form:id="c3" form:value="d"/><form:text form:id="c4" form:current-value="e" form:value="f"/></form:form></office:forms><text:p><draw:control draw:control="c1"/><draw:control draw:control="c2"/><draw:control draw:control="c3"/><draw:control draw:control="c4"></draw:control>g</text:p>', '<text:p>☒ a c eg</text:p>', 3],
  ]
  for (const [what, from, to, count] of cases)
    it(`are put into it: ${what}`, () => {
      for (const piece of [1_000_000, 7, 1])
        assert.deepEqual(moved(from, piece), { body: to, count, objects: 0 }, `pieces of ${piece}`)
    })

  it('are none of charts and other documents, which are counted', () => {
    const chart = `<text:p>a${box('<draw:object><office:document><office:text><text:p>b</text:p><math/></office:text></office:document></draw:object>')}<draw:frame><draw:object-ole/></draw:frame></text:p>`
    assert.deepEqual(moved(chart), { body: '<text:p>a</text:p>', count: 0, objects: 2 })
  })

  it('never fill the memory with notes', () => {
    const mover = new WordsBesideMover()
    mover.write('<office:text><text:p>')
    const long = note('footnote', '1', `<text:p>${'a'.repeat(1024 * 1024)}</text:p>`)
    assert.throws(() => {
      for (let count = 0; count < 100; count++) mover.write(long)
    }, RangeError)
  })
})
