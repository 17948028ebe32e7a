import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { characterStylesIn, withLinkStyles } from '#worker/unstyled-links/link-styles.ts'

const OWN = 'Link_20_without_20_style'
const DEFINITION = `<style:style style:name="${OWN}" style:family="text"/>`
const link = (style: string) =>
  `<text:a xlink:href="#x" text:style-name="${style}" text:visited-style-name="Standard">x</text:a>`
const flat = (styles: string, heads: string, body: string) =>
  `${styles}<office:master-styles>${heads}</office:master-styles><office:body>${body}</office:body>`
const pieces = (markup: string) =>
  Readable.from([Buffer.from(markup.slice(0, 30)), Buffer.from(markup.slice(30))])

async function rewrite(markup: string): Promise<string> {
  return text(withLinkStyles(pieces(markup), await characterStylesIn(pieces(markup))))
}

describe('links with the default style', () => {
  it('get one without formatting, which the text then has', async () => {
    const names = ['Standard', 'No_20_Character_20_Style', 'Default', 'Default_20_Style']
    const written = await rewrite(flat('<office:styles/>', '', names.map(link).join('')))
    const styles = `<office:styles>${DEFINITION}</office:styles>`
    assert.equal(written, flat(styles, '', link(OWN).repeat(names.length)))
  })

  it('keep a style of that name that the text has, and all other links theirs', async () => {
    const own = '<style:style style:name="Default" style:family="text"/>'
    const paragraphs = '<style:style style:name="Default_20_Style" style:family="paragraph"/>'
    const styles = (more: string) => `<office:styles>${own}${paragraphs}${more}</office:styles>`
    const body = (undefinedName: string) => ['Default', undefinedName, 'Internet_20_link'].map(link).join('')
    assert.equal(
      await rewrite(flat(styles(''), '', body('Default_20_Style'))),
      flat(styles(DEFINITION), '', body(OWN)),
    )
  })

  it('get it in headers only where they name the default style itself', async () => {
    const heads = (first: string) => [first, 'Default_20_Style'].map(link).join('')
    const written = await rewrite(flat('', heads('Standard'), ''))
    assert.equal(written, flat('', heads(OWN), ''))
  })

  it('leave paragraphs alone', async () => {
    const body = '<text:p text:style-name="Standard">a</text:p>'
    assert.equal(await rewrite(flat('', '', body)), flat('', '', body))
  })
})
