import { type Flags, noteLink } from './flags.ts'
import { tagsOf } from './xml.ts'

const SEAM_BYTES = 2048
/** Farther before an attribute its element is not looked for. */
const TAG_CHARACTERS = 1000
const HREF = /(?:[\s:]href|\ssrc|\sdata|\sbackground)\s*=\s*(?:"([^"]{0,2000})"|'([^']{0,2000})')/gi
/** What leads out: an address with a scheme, a path of the machine, a path out of the package. */
const OUTWARD = /^(?!data:|vnd\.sun\.star\.script:|cid:)(?:[a-z][a-z0-9+.-]+:|\/|\.\.\/)/i
/** Elements whose links are for clicking. */
const CLICKABLE = /^(?:\w+:)?(?:a|area|base|event-listener|bookmark-ref|form|index-entry-link-start)$/i
const MACRO = /<ooo:library[\s>]|<script:event-listener|vnd\.sun\.star\.script:/

/** Finds what OpenDocument, SVG and HTML would fetch when opened, chunk by chunk. */
export class LinkFinder {
  readonly #flags: Flags
  #rest = ''

  constructor(flags: Flags) {
    this.#flags = flags
  }

  push(chunk: Buffer): void {
    const text = this.#rest + chunk.toString('latin1')
    let done = 0
    for (const match of text.matchAll(HREF)) {
      done = match.index + match[0].length
      const address = match[1] ?? match[2] ?? ''
      if (OUTWARD.test(address) && !CLICKABLE.test(elementAt(text, match.index)))
        noteLink(this.#flags, address)
    }
    if (!this.#flags.macros && MACRO.test(text)) this.#flags.macros = true
    this.#rest = text.slice(Math.max(done, text.length - SEAM_BYTES))
  }
}

/** Notes the relationships of an Open Packaging part that lead out of the package. */
export function noteRelationships(xml: Buffer, flags: Flags): void {
  if (!xml.includes('External')) return
  for (const { name, attributes } of tagsOf(xml.toString())) {
    if (name !== 'Relationship' || attributes.TargetMode !== 'External') continue
    if (!attributes.Type?.endsWith('/hyperlink')) noteLink(flags, attributes.Target ?? '')
  }
}

function elementAt(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - TAG_CHARACTERS), at)
  return /^[\w:.-]+/.exec(before.slice(before.lastIndexOf('<') + 1))?.[0] ?? ''
}
