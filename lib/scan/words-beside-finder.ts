import type { Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 512
/** [MS-DOC] 2.6.2, sprmPPc: the anchor of a frame, and its position or width. */
const [FRAME, PLACE] = ['\x1b&', '[\x18-\x1a]\x84']
const BETWEEN = '[\\s\\S]{0,24}?'
/**
 * What LibreOffice leaves out of a plain text, or what may contain it: boxes, shapes, notes, equations, form fields.
 */
const MARKS = {
  word: /<(?<heads>w:(?:hdr|ftr)[\s>])|<(?:w:(?:txbxContent|(?:foot|end)noteReference|framePr|object|control|ruby)[\s>/]|w:(?:foot|end)note>|m:oMath\b|dgm:relIds\b|c:chart\b|v:textpath\b)|FORM(?:CHECKBOX|DROPDOWN)/g,
  openDocument:
    /<(?<heads>style:(?:header|footer)[\s>])|<(?:draw:(?:text-box|custom-shape|object|object-ole|rect|ellipse|circle|line|polyline|polygon|regular-polygon|path|connector|measure|caption|control)|text:(?:note|footnote|endnote|ruby|conditional-text)|field:fieldmark)[\s>/]/g,
  rtf: /\\(?<heads>(?:header|footer)[lrf]?(?![a-z]))|\\(?:shptxt|footnote|mmath|moMath|dptxbx|object|formfield|absw|p[hv]pg|p[hv]mrg|pos[xy]|gtextUNICODE)|gtextUNICODE/g,
  doc: new RegExp(`FORM(?:CHECKBOX|DROPDOWN)|${FRAME}${BETWEEN}${PLACE}|${PLACE}${BETWEEN}${FRAME}`, 'g'),
  page: /<(?:input|select|textarea|button|marquee)[\s>/]|\bposition\s*:\s*(?:absolute|fixed)|\bfloat\s*:\s*(?:left|right)|<table\b[^<>]{0,300}\salign\s*=\s*["']?(?:left|right)|class\s*=\s*["']?sd(?:foot|end)note/gi,
} as const

export type WordsBesideMarkup = keyof typeof MARKS

/** Finds, piece by piece, whether a text may have text outside its body; for some kinds also headers and footers. */
export function wordsBesideNoter(flags: Flags, kind: WordsBesideMarkup): (piece: string) => void {
  const search = new PieceSearch(MARKS[kind], LONGEST)
  return piece => {
    if (flags.wordsBeside && flags.headsOrFeet) return
    for (const { groups } of search.matches(piece))
      flags[groups?.heads ? 'headsOrFeet' : 'wordsBeside'] = true
  }
}
