import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { HiddenTextRemover, HiddenTextShower } from '#worker/flat-text/hidden-text.ts'
import { SettingsRemover } from '#worker/flat-text/settings-remover.ts'

const STYLES = [
  '<style:style style:name="Away" style:family="text"><style:text-properties fo:color="#000000" text:display="none"/></style:style>',
  '<style:style style:name="T1" style:family="text" style:parent-style-name="Away"><style:text-properties fo:font-weight="bold"/></style:style>',
  '<style:style style:name="T2" style:family="text"><style:text-properties text:display="true"/></style:style>',
  '<style:style style:name="T1" style:family="paragraph"></style:style>',
  '<text:list-style><style:text-properties text:display="none"/></text:list-style>',
  '<style:style style:name="P1" style:family="paragraph"><style:text-properties text:display="none"/></style:style>',
].join('')
const wrapped = (body: string) =>
  `<office:document><office:styles>${STYLES}</office:styles><office:text>${body}</office:text></office:document>`
const bodyOf = (text: string) => /<office:text>(.*)<\/office:text>/s.exec(text)?.[1]

/** In pieces of every size, down to single letters. */
function removed(body: string, piece = 1_000_000, options = {}) {
  const remover = new HiddenTextRemover(options)
  const text = wrapped(body)
  let written = ''
  for (let at = 0; at < text.length; at += piece) written += remover.write(text.slice(at, at + piece))
  return { body: bodyOf(written), count: remover.count }
}

describe('hidden text of a flat OpenDocument', () => {
  // biome-ignore format: a table
  const cases: [what: string, from: string, to: string, count: number][] = [
    ['nothing', '<text:p>a<text:span text:style-name="T2">b</text:span></text:p>', '<text:p>a<text:span text:style-name="T2">b</text:span></text:p>', 0],
    ['a span by its style’s parent', '<text:p>a<text:span text:style-name="T1">b<text:s/>c</text:span>d</text:p>', '<text:p>a<text:span text:style-name="T1"></text:span>d</text:p>', 1],
    ['a paragraph that is hidden as a whole', '<text:p text:style-name="P1">a</text:p><text:p/>', '<text:p/>', 1],
    ['all but what is shown again', '<text:h text:style-name="P1">a<text:span text:style-name="T2">b</text:span></text:h>', '<text:h text:style-name="P1"><text:span text:style-name="T2">b</text:span></text:h>', 1],
    ['not a paragraph whose style has the name of a hidden text', '<text:p text:style-name="T1">a</text:p>', '<text:p text:style-name="T1">a</text:p>', 0],
    ['what lies in hidden text, but not the marks of places', '<text:p>a<text:span text:style-name="Away"><text:note><text:p>n</text:p></text:note><text:bookmark-start text:name="b"/></text:span></text:p>', '<text:p>a<text:span text:style-name="Away"><text:bookmark-start text:name="b"/></text:span></text:p>', 1],
    ['a section with those in it', '<text:section text:display="none"><text:p>a</text:p><text:section><text:p>b</text:p></text:section><text:p>c</text:p></text:section><text:p>d</text:p>', '<text:p>d</text:p>', 1],
    ['a section by a condition that holds', '<text:section text:display="condition" text:is-hidden="true"><text:p>a</text:p></text:section><text:section text:display="condition"><text:p>b</text:p></text:section>', '<text:section text:display="condition"><text:p>b</text:p></text:section>', 1],
    ['a paragraph by a field', '<text:p>a<text:hidden-paragraph text:is-hidden="true"/></text:p><text:p>b<text:hidden-paragraph/></text:p>', '<text:p>b<text:hidden-paragraph/></text:p>', 1],
    ['a text by a condition, of which what it holds is shown', '<text:p>a<text:hidden-text text:string-value="b"/><text:hidden-text text:string-value="c" text:is-hidden="true">c</text:hidden-text></text:p>', '<text:p>ac</text:p>', 1],
    ['a paragraph in a frame, but not the one around it', '<text:p>a<draw:frame><draw:text-box><text:p text:style-name="P1">b</text:p></draw:text-box></draw:frame></text:p>', '<text:p>a<draw:frame><draw:text-box></draw:text-box></draw:frame></text:p>', 1],
  ]
  for (const [what, from, to, count] of cases)
    it(`is left out and counted: ${what}`, () => {
      for (const piece of [1_000_000, 7, 1])
        assert.deepEqual(removed(from, piece), { body: to, count }, `pieces of ${piece}`)
    })

  it('is judged by the styles of the document that it stands in', () => {
    const inner = `<office:document><office:styles><style:style style:name="Away" style:family="text"/></office:styles><text:p><text:span text:style-name="Away">b</text:span></text:p></office:document>`
    const body = `<text:p>a<draw:object>${inner}</draw:object><text:span text:style-name="Away">c</text:span></text:p>`
    const { body: left, count } = removed(body)
    assert.equal(count, 1)
    assert.match(left ?? '', />b</)
    assert.doesNotMatch(left ?? '', /c<\/text:span>/)
  })

  it('stays where a style hides it and the format knows that', () => {
    const body = '<text:p>a<text:span text:style-name="Away">b</text:span></text:p>'
    const section = '<text:section text:display="none"><text:p>c</text:p></text:section>'
    assert.deepEqual(removed(body + section, 100, { keepsHidingStyles: true }), { body, count: 1 })
  })

  it('is shown', () => {
    const body =
      '<text:section text:name="s" text:display="condition" text:condition="x" text:is-hidden="true"><text:p text:style-name="P1">a<text:hidden-paragraph text:is-hidden="true"/><text:hidden-text text:string-value="b">no</text:hidden-text><text:hidden-text text:string-value="c"/></text:p></text:section>'
    const shown = new HiddenTextShower().write(wrapped(body))
    assert.doesNotMatch(shown, /text:display/)
    assert.equal(
      bodyOf(shown),
      '<text:section text:name="s"><text:p text:style-name="P1">abc</text:p></text:section>',
    )
  })

  it('does not make a text unending', () => {
    const remover = new HiddenTextRemover()
    remover.write('<text:p ')
    assert.throws(() => {
      for (let count = 0; count < 100; count++) remover.write('x'.repeat(100_000))
    }, RangeError)
  })
})

describe('a flat OpenDocument text', () => {
  it('loses its own word on being edited and on comments, and no other', () => {
    const item = (name: string) => `<config:config-item config:name="${name}">true</config:config-item>`
    const text = item('LoadReadonly') + item('Other') + item('PrintAnnotationMode') + item('Last')
    assert.equal(new SettingsRemover().write(text), item('Other') + item('Last'))
  })
})
