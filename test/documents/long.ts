import { flat } from './flat.ts'

const BREAK =
  '<style:style style:name="b" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>'

/** An ordinary text that is only long: so many pages with a letter on each, as flat OpenDocument (fodt). */
export function longText(pages: number): string {
  return flat('text', '<text:p text:style-name="b">x</text:p>'.repeat(pages), { styles: BREAK })
}
