import type { Flags } from './flags.ts'
import { PieceSearch } from './piece-search.ts'

const LONGEST = 256
/** [MS-DOC] sprmCFVanish: its number in two bytes, and on or inverted from its style. */
const VANISH = ['<\b\x01', '<\b\x81']
/** Listed by name, because matching any name takes twice as long. */
const CHANGES = '(?:[pr]Pr|sectPr|t(?:bl|c|r)Pr|tblPrEx|tblGrid|numbering)Change'
const OFF = '(?!\\s+w:val="(?:0|false|off)")'
/** What each kind of markup may contain; each group is one kind of finding. */
const MARKS = {
  word: {
    pattern: new RegExp(
      `<w:(?:(?<hiddenText>vanish)\\b${OFF}|(?<trackedChanges>ins|del|moveFrom|moveTo|${CHANGES}|cell(?:Ins|Del|Merge))\\s|(?<comments>comment)\\s)`,
      'g',
    ),
  },
  openDocument: {
    pattern:
      /(?<hiddenText>\stext:display="(?:none|condition)"|<text:hidden-(?:text|paragraph)\b)|(?<trackedChanges><text:changed-region\b)|(?<comments><office(?:ooo)?:annotation[\s>])|(?<hiddenRows>\stable:visibility="(?:collapse|filter)")/g,
  },
  rtf: {
    pattern:
      /\\(?:(?<hiddenText>v)(?:1|(?![a-z\d-]))|(?<trackedChanges>revised|deleted)(?:1|(?![a-z\d-]))|\*\\(?<comments>annotation)\b)/g,
  },
  doc: { pattern: new RegExp(`(?<hiddenText>${VANISH.join('|')})`, 'g') },
  sheet: { pattern: /(?<hiddenRows>\s(?:hidden|zeroHeight)="(?:1|true)")/g },
  sheetComments: { pattern: /<(?:\w+:)?(?<comments>comment)\s/g },
  slideComments: { pattern: /<(?:p|p188):(?<comments>cm)\s/g },
} as const

export type MarkedMarkup = keyof typeof MARKS

/** Finds content that a document does not plainly show, piece by piece: hidden text, tracked changes, comments. */
export class UnshownFinder {
  readonly #flags: Flags
  readonly #marks: PieceSearch

  constructor(flags: Flags, kind: MarkedMarkup) {
    this.#flags = flags
    this.#marks = new PieceSearch(MARKS[kind].pattern, LONGEST)
  }

  read(piece: string): void {
    for (const { groups = {} } of this.#marks.matches(piece)) {
      if (groups.hiddenText) this.#flags.hiddenText = true
      else if (groups.hiddenRows) this.#flags.hiddenRows = true
      else if (groups.trackedChanges) this.#flags.trackedChanges = (this.#flags.trackedChanges ?? 0) + 1
      else this.#flags.comments = (this.#flags.comments ?? 0) + 1
    }
  }
}

/** The kind of markup to search in a part of an Open Packaging file with this name. */
export function unshownIn(name: string): MarkedMarkup | undefined {
  if (/^word\/(?!glossary\/)/i.test(name)) return 'word'
  if (/^xl\/worksheets\//i.test(name)) return 'sheet'
  if (/^xl\/comments[^/]*\.xml$|^xl\/comments\//i.test(name)) return 'sheetComments'
  return /^ppt\/comments\//i.test(name) ? 'slideComments' : undefined
}
