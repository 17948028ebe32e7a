import type { NotDrawnKind } from '../vocabulary/notes/not-drawn-notes.ts'
import { OLD_INSTRUCTION } from './field-finder.ts'
import { type Flags, noteNotDrawn } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 512
const CELL_PICTURES = /(^|\/)richValueRel\.xml\.rels$/i

interface Sign {
  part: RegExp
  pattern: RegExp
  /** See `PieceSearch`. */
  signs: readonly string[]
  kind(match: RegExpExecArray): NotDrawnKind
}

/** Markup that LibreOffice does not draw, or draws as a placeholder text. */
const SIGNS: readonly Sign[] = [
  {
    part: /^xl\/worksheets\//i,
    pattern: /sparkline>(?<=<(?:\w+:)?sparkline>)/g,
    signs: ['kline>'],
    kind: () => 'sparklines',
  },
  {
    part: /^xl\/drawings\//i,
    pattern: /<a:graphicData\s[^>]{0,200}\/(?:chartex|(time)?slicer)"/g,
    signs: ['/chart', 'licer"'],
    kind: ([tag]) => (tag.endsWith('/chartex"') ? 'charts' : 'slicers'),
  },
  {
    part: /^xl\/ctrlProps\//i,
    pattern: /<formControlPr\s(?=[^>]{0,400}objectType="(?:Drop|List)")[^>]{0,400}\ssel="[1-9]/g,
    signs: ['formC'],
    kind: () => 'choices',
  },
  {
    part: CELL_PICTURES,
    pattern: /<Relationship\s[^>]{0,400}\/image"/g,
    signs: [],
    kind: () => 'cellPictures',
  },
  {
    part: /^word\//i,
    pattern: /instrText(?<=<w:instrText)[^>]{0,60}>\s*EQ\s/gi,
    signs: ['instrT'],
    kind: () => 'equationFields',
  },
  { part: /^word\//i, pattern: /<v:(?:arc|curve)\s/g, signs: ['v:arc', 'v:curv'], kind: () => 'arcs' },
]

const OLD_EQUATIONS = new RegExp(`${OLD_INSTRUCTION}EQ\\s`, 'gi')

/** Counts equation fields in an RTF or DOC, as `withFieldNames` converts it, piece by piece. */
export function oldEquationsNoter(flags: Flags): (piece: string) => void {
  const search = new PieceSearch(OLD_EQUATIONS, LONGEST, ['\\fldi'])
  return piece => {
    for (const _ of search.matches(piece)) noteNotDrawn(flags, 'equationFields')
  }
}

/** The noters that count undrawn content in a part of an Open Packaging file, piece by piece. */
export function notDrawnNoters(name: string, flags: Flags): ((piece: string) => void)[] {
  return SIGNS.filter(({ part }) => part.test(name)).map(({ pattern, signs, kind }) => {
    const search = new PieceSearch(pattern, LONGEST, signs)
    return piece => {
      for (const match of search.matches(piece)) noteNotDrawn(flags, kind(match))
    }
  })
}
