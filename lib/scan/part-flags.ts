import { FieldFinder } from './fields.ts'
import type { Flags } from './flags.ts'
import { LinkFinder, RelationshipFinder } from './links.ts'

const COMPOUND = 'd0cf11e0'
const MACROS = /(^|\/)vbaProject\.bin$|^Basic\/[^/]+\/(?!script-lb\.xml$)[^/]+\.xml$|^Scripts\/.*[^/]$/i
const MEDIA = /\.(mp4|m4v|mov|avi|wmv|asf|mpe?g|mkv|webm|ogv|mp3|m4a|wav|wma|ogg|opus|flac|aac|aiff?|midi?)$/i
/** An object of OpenDocument is a folder with a document of its own. */
const OPEN_DOCUMENT_OBJECT = /(^|\/)Object [^/]*\/content\.xml$/
const SLIDE = /^ppt\/slides\/[^/]+\.xml$/i
const HIDDEN = /<(?:\w+:)?sld\s(?:[^>]*\s)?show\s*=\s*["'](?:0|false)["']/

/** Notes what a part's name tells, and for objects its first bytes. */
export function noteName(name: string, head: Buffer | undefined, flags: Flags): void {
  if (MACROS.test(name)) flags.macros = true
  if (MEDIA.test(name)) flags.media++
  const isCompound = head?.toString('hex', 0, 4) === COMPOUND
  const isEmbedded = /(^|\/)embeddings\/[^/]+$/i.test(name)
  if (OPEN_DOCUMENT_OBJECT.test(name) || (isCompound && (isEmbedded || /^Object /.test(name))))
    flags.oleObjects++
  else if (isEmbedded) flags.embeddedFiles++
}

/** What to look for in a markup by this name while its bytes go by; nothing where there is nothing to find. */
export function noterFor(name: string, isOpenPackage: boolean, flags: Flags) {
  if (name.endsWith('.rels')) return pushInto(new RelationshipFinder(flags))
  if (SLIDE.test(name)) return hiddenSlideNoter(flags)
  if (name.startsWith('META-INF/')) return undefined
  if (!isOpenPackage) return pushInto(new LinkFinder(flags, true))
  return name.startsWith('word/') ? pushInto(new FieldFinder(flags, true)) : undefined
}

function pushInto(finder: { push(chunk: Buffer): void }) {
  return (chunk: Buffer) => finder.push(chunk)
}

/** Whether a slide is shown stands in its first tag. */
function hiddenSlideNoter(flags: Flags) {
  let isFirst = true
  return (chunk: Buffer) => {
    if (isFirst && HIDDEN.test(chunk.toString('latin1', 0, 4096))) flags.hiddenSlides++
    isFirst = false
  }
}
