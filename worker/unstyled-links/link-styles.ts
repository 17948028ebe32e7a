/** Gives links of an OpenDocument text with LibreOffice's default character style one without formatting instead. */
import { attributeOf, eachToken, rewritten, type Token } from '#worker/package-copies/markup-tokens.ts'

const ITSELF = /(?<=\stext:style-name\s*=\s*["'])Standard(?=["'])/
/** Names that LibreOffice takes for it where they are not defined. */
const UNDEFINED =
  /(?<=\stext:style-name\s*=\s*["'])(?:No_20_Character_20_Style|Default(?:_20_Style)?)(?=["'])/
const OWN = 'Link_20_without_20_style'
const DEFINITION = `<style:style style:name="${OWN}" style:family="text"/>`

/** The names of the character styles in a part, or flat document. @throws OddMarkup */
export async function characterStylesIn(content: AsyncIterable<Buffer>): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  await eachToken(content, ({ name, text }) => {
    if (name === 'style' && attributeOf(text, 'family') === 'text') names.add(attributeOf(text, 'name') ?? '')
  })
  return names
}

/** The same part, or flat document; `defined` are its character styles. @throws OddMarkup */
export function withLinkStyles(
  content: AsyncIterable<Buffer>,
  defined: ReadonlySet<string>,
): AsyncIterable<Buffer> {
  let isBody = false
  const write = ({ kind, name, text }: Token): string => {
    if (name === 'body') isBody = true
    if (name === 'styles' && kind === 'close') return DEFINITION + text
    if (name === 'styles' && kind === 'whole') return `<office:styles>${DEFINITION}</office:styles>`
    if (name !== 'a') return text
    const styled = text.replace(ITSELF, OWN)
    // In headers and footers LibreOffice gives such a link its own style for links.
    return isBody ? styled.replace(UNDEFINED, style => (defined.has(style) ? style : OWN)) : styled
  }
  return rewritten(content, write)
}
