import { note } from '../notes.ts'
import { addNote, type Flags, noteClickable, noteLink } from './flags.ts'
import { type Tag, tagsOf } from './xml.ts'

const SEAM_BYTES = 2048
/** Farther before an attribute its element is not looked for. */
const TAG_CHARACTERS = 1000
const MAX_TAG_CHARACTERS = 64 * 1024
/** PowerPoint names a linked film a second time, for its newer versions. */
const TWIN = /\/office\/2007\/relationships\/media$/
const HREF = /(?:[\s:]href|\ssrc|\sdata|\sbackground)\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})')/gi
/** Neither leads anywhere nor is fetched. */
const INWARD = /^(?:#|$|data:|vnd\.sun\.star\.script:|cid:|javascript:|about:)/i
/** What leads out of a package: an address with a scheme, a path of the machine, a path out of it. */
const OUTWARD = /^(?:[a-z][a-z0-9+.-]+:|\/|\.\.\/)/i
const CLICKABLE = /^(?:\w+:)?(?:a|area)$/i
/** Their addresses are for finding the way, and not for what is shown. */
const UNSHOWN = /^(?:\w+:)?(?:base|event-listener|bookmark-ref|form|index-entry-link-start)$/i
const STYLE_SHEET = /\srel\s*=\s*["']?[^"'>]*\bstylesheet\b/i
const MACRO = /<ooo:library[\s>]|<script:event-listener|vnd\.sun\.star\.script:/

/** Finds links of OpenDocument, SVG and HTML, chunk by chunk: to click on, and what would be fetched when opened. */
export class LinkFinder {
  readonly #flags: Flags
  readonly #isInPackage: boolean
  #rest = ''

  /** What is no package has no parts of its own: there a relative address leads out as well. */
  constructor(flags: Flags, isInPackage: boolean) {
    this.#flags = flags
    this.#isInPackage = isInPackage
  }

  push(chunk: Buffer): void {
    const text = this.#rest + chunk.toString('latin1')
    let done = 0
    for (const match of text.matchAll(HREF)) {
      done = match.index + match[0].length
      const address = (match[1] ?? match[2] ?? '').trim()
      if (!INWARD.test(address) && (!this.#isInPackage || OUTWARD.test(address)))
        this.#note(address, tagAt(text, match.index))
    }
    if (!this.#flags.macros && MACRO.test(text)) this.#flags.macros = true
    this.#rest = text.slice(Math.max(done, text.length - SEAM_BYTES))
  }

  #note(address: string, { element, text }: { element: string; text: string }): void {
    if (CLICKABLE.test(element)) noteClickable(this.#flags)
    else if (element === 'meta:template') addNote(this.#flags, note('template_not_fetched'))
    else if (!UNSHOWN.test(element) && (element.toLowerCase() !== 'link' || STYLE_SHEET.test(text)))
      noteLink(this.#flags, address)
  }
}

/** Finds relationships of an Open Packaging part that lead out of the package, chunk by chunk. */
export class RelationshipFinder {
  readonly #flags: Flags
  #rest = ''

  constructor(flags: Flags) {
    this.#flags = flags
  }

  push(chunk: Buffer): void {
    const text = this.#rest + chunk.toString('utf8')
    const end = text.lastIndexOf('>') + 1
    if (text.includes('External')) for (const tag of tagsOf(text.slice(0, end))) this.#note(tag)
    this.#rest = text.slice(end).slice(-MAX_TAG_CHARACTERS)
  }

  #note({ name, attributes: { Type = '', Target = '', TargetMode } }: Tag): void {
    if (name !== 'Relationship' || TargetMode !== 'External' || TWIN.test(Type)) return
    if (Type.endsWith('/hyperlink')) noteClickable(this.#flags)
    else if (Type.endsWith('/attachedTemplate')) addNote(this.#flags, note('template_not_fetched'))
    else noteLink(this.#flags, Target)
  }
}

function tagAt(text: string, at: number): { element: string; text: string } {
  const before = text.slice(Math.max(0, at - TAG_CHARACTERS), at)
  const start = at - before.length + before.lastIndexOf('<') + 1
  const end = text.indexOf('>', at)
  const tag = text.slice(start, end < 0 ? undefined : Math.min(end, at + SEAM_BYTES))
  return { element: /^[\w:.-]+/.exec(tag)?.[0] ?? '', text: tag }
}
