import { note } from '../vocabulary/notes.ts'
import { addNote, type Flags, noteClickable, noteLink } from './flags.ts'
import { PieceSearch } from './piece-search.ts'
import { ShownMarkup } from './shown-markup.ts'

const LONGEST = 2048
/** The search for the element of an attribute stops after this many characters. */
const TAG_CHARACTERS = 1000
const HREF =
  /(?:[\s:]href|\ssrc|\sdata|\sbackground)\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'<>]{1,2000}))/gi
/** Addresses that neither leave the document nor are fetched. */
const INWARD = /^(?:#|$|data:|vnd\.sun\.star\.script:|cid:|javascript:|about:)/i
/** Addresses that leave a package: an address with a scheme, an absolute path, a path out of it. */
const OUTWARD = /^(?:[a-z][a-z0-9+.-]+:|\/|\.\.\/)/i
const STYLE_SHEET = /\srel\s*=\s*["']?[^"'>]*\bstylesheet\b/i
const TEXT = '<office:text'
/** The start of a text document, or a macro. */
const MARK = /<office:text(?=[\s>])|<ooo:library[\s>]|<script:event-listener|vnd\.sun\.star\.script:/g

/** A link of OpenDocument with a name that LibreOffice takes for its default character style. */
const UNSTYLED =
  /<text:a\s[^<]{0,2000}?\stext:style-name\s*=\s*["'](?:Standard|No_20_Character_20_Style|Default(?:_20_Style)?)["']/g

/** How an element uses its address; the addresses of all other elements are not shown. */
const MADE_OF = {
  click: /^(?:\w+:)?(?:a|area)$/i,
  show: /^(?:img|iframe|frame|embed|object|input|body|table|tr|td|th|use|(?:\w+:)?image|feImage|draw:(?:fill-image|floating-frame)|style:background-image)$/i,
  play: /^(?:video|audio|source|bgsound|draw:plugin|presentation:sound|anim:audio)$/i,
  object: /^draw:object(?:-ole)?$/,
  style: /^link$/i,
  template: /^meta:template$/,
  /** The document stores a copy of the content. */
  source: /^(?:text:section-source|table:table-source|table:cell-range-source)$/,
} as const

export interface LinkFinderOptions {
  /** A package contains parts. Elsewhere a relative address is external as well. */
  isPackage?: boolean
  /** A web page contains comments and scripts with markup that is not shown. */
  isPage?: boolean
}

/**
 * Finds links of OpenDocument, SVG and HTML piece by piece: clickable ones, and those that would be fetched when
 * opened.
 */
export class LinkFinder {
  readonly #flags: Flags
  readonly #isPackage: boolean
  readonly #shown: ShownMarkup | undefined
  #isText = false
  readonly #addresses = new PieceSearch(HREF, LONGEST)
  readonly #marks = new PieceSearch(MARK, 64)
  readonly #unstyled = new PieceSearch(UNSTYLED, LONGEST, ['<text:a'])

  constructor(flags: Flags, { isPackage = false, isPage = false }: LinkFinderOptions = {}) {
    this.#flags = flags
    this.#isPackage = isPackage
    this.#shown = isPage ? new ShownMarkup() : undefined
  }

  read(piece: string): void {
    const markup = this.#shown ? this.#shown.read(piece) : piece
    for (const [mark] of this.#marks.matches(markup)) {
      if (mark === TEXT) this.#isText = true
      else this.#flags.macros = true
    }
    if (!this.#flags.unstyledLinks && this.#unstyled.isIn(markup)) this.#flags.unstyledLinks = true
    for (const match of this.#addresses.matches(markup)) {
      const address = (match[1] ?? match[2] ?? match[3] ?? '').trim()
      if (!INWARD.test(address) && (!this.#isPackage || OUTWARD.test(address)))
        this.#note(address, tagAt(match.input, match.index))
    }
  }

  #note(address: string, { element, text, behind }: TagAt): void {
    if (MADE_OF.click.test(element)) noteClickable(this.#flags)
    else if (MADE_OF.show.test(element)) noteLink(this.#flags, address)
    else if (MADE_OF.play.test(element)) this.#flags.media++
    else if (MADE_OF.template.test(element)) addNote(this.#flags, note('template_not_fetched'))
    else if (MADE_OF.object.test(element) && !this.#isPictureShown(behind)) noteLink(this.#flags, address)
    else if (MADE_OF.source.test(element) || MADE_OF.object.test(element))
      addNote(this.#flags, note('sources_not_read'))
    else if (MADE_OF.style.test(element) && STYLE_SHEET.test(text))
      addNote(this.#flags, note('style_sheets_not_fetched'))
  }

  /** LibreOffice draws the stored picture of a linked object, except in a text document. */
  #isPictureShown(behind: string): boolean {
    const [frame = ''] = behind.split('</draw:frame>', 1)
    return !this.#isText && frame.includes('<draw:image')
  }
}

interface TagAt {
  element: string
  text: string
  /** The markup after it, as far as a frame reaches. */
  behind: string
}

function tagAt(text: string, at: number): TagAt {
  const before = text.slice(Math.max(0, at - TAG_CHARACTERS), at)
  const start = at - before.length + before.lastIndexOf('<') + 1
  const end = text.indexOf('>', at)
  const tag = text.slice(start, end < 0 ? undefined : Math.min(end, at + LONGEST))
  return { element: /^[\w:.-]+/.exec(tag)?.[0] ?? '', text: tag, behind: text.slice(at, at + LONGEST) }
}
