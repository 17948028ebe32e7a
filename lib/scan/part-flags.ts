import type { Flags } from './flags.ts'
import { LinkFinder, noteRelationships } from './links.ts'

const COMPOUND = 'd0cf11e0'
const MACROS = /(^|\/)vbaProject\.bin$|^Basic\/[^/]+\/(?!script-lb\.xml$)[^/]+\.xml$|^Scripts\/.*[^/]$/i
const MEDIA = /\.(mp4|m4v|mov|avi|wmv|asf|mpe?g|mkv|webm|ogv|mp3|m4a|wav|wma|ogg|opus|flac|aac|aiff?|midi?)$/i
/** An object of OpenDocument is a folder with a document of its own. */
const OPEN_DOCUMENT_OBJECT = /(^|\/)Object [^/]*\/content\.xml$/
const SLIDE = /^ppt\/slides\/[^/]+\.xml$/i
const HIDDEN = /<(?:\w+:)?sld\s(?:[^>]*\s)?show\s*=\s*["'](?:0|false)["']/
const WORKBOOK = /(^|\/)workbook[^/]*\.xml$/i
const RECALCULATE = /<(?:\w+:)?calcPr\s(?:[^>]*\s)?fullCalcOnLoad\s*=\s*["'](?:1|true)["']/
/** More than the tag that tells, which may lie across two chunks. */
const SEAM_BYTES = 1024

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
  if (name.endsWith('.rels')) return (chunk: Buffer) => noteRelationships(chunk, flags)
  if (SLIDE.test(name)) return hiddenSlideNoter(flags)
  if (isOpenPackage && WORKBOOK.test(name)) return recalculationNoter(flags)
  if (isOpenPackage || name.startsWith('META-INF/')) return undefined
  const links = new LinkFinder(flags)
  return (chunk: Buffer) => links.push(chunk)
}

/** Whether a slide is shown stands in its first tag. */
function hiddenSlideNoter(flags: Flags) {
  let isFirst = true
  return (chunk: Buffer) => {
    if (isFirst && HIDDEN.test(chunk.toString('latin1', 0, 4096))) flags.hiddenSlides++
    isFirst = false
  }
}

/** How a workbook is to be calculated stands near its end. */
function recalculationNoter(flags: Flags) {
  let rest = ''
  return (chunk: Buffer) => {
    const text = rest + chunk.toString('latin1')
    if (RECALCULATE.test(text)) flags.recalculate = true
    rest = text.slice(-SEAM_BYTES)
  }
}
