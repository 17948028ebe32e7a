import iconv from 'iconv-lite'
import { corrupt } from '#lib/scan/finding.ts'
import type { ArchivePart } from './archive-parts.ts'

// No match reaches beyond the next tag, so that each character is read once.

/** References to other parts of the archive that are shown. */
const ADDRESS =
  /(<(?:img|input|body|table|tr|td|th|v:imagedata|v:fill)\b[^<>]{0,4000}?\s(?:src|background)\s*=\s*)(?:"([^"]{0,4000})"|'([^']{0,4000})'|([^\s"'<>]{1,4000}))/gi
const STYLE_SHEET = /<link\b[^<>]{0,4000}>/gi
const HREF = /\shref\s*=\s*(?:"([^"]{0,4000})"|'([^']{0,4000})'|([^\s"'<>]{1,4000}))/i
const FRAMES = /<frameset\b/i
const CHARSET = /(<meta\b[^<>]{0,1000}?charset\s*=\s*["']?)[\w:.-]+/gi
/** Excel's list of sheet tabs, a separate frame. */
const TAB_STRIP = /tabstrip\.html?$/i
const BODY = /<body\b[^<>]*>([\s\S]*)<\/body>/i

export interface ArchivedPage {
  /** In UTF-8, and declared as such. */
  html: string
  /** How many pictures the archive refers to but does not contain. */
  missing: number
}

/**
 * The page of a web archive with everything that it shows embedded; the pages of its frames follow one another.
 * @throws AppError `corrupt_file` where there is none
 */
export function joined(parts: readonly ArchivePart[]): ArchivedPage {
  const pages = parts.filter(({ type }) => /^(text\/html|application\/xhtml\+xml)$/.test(type))
  const [first] = pages
  if (!first) throw corrupt('there is no page in it')
  const isFramed = FRAMES.test(textOf(first))
  const shown = isFramed ? pages.slice(1).filter(({ location = '' }) => !TAB_STRIP.test(location)) : [first]
  const filled = (shown.length > 0 ? shown : [first]).map(page => filledIn(page, parts))
  const [whole, ...more] = filled
  const rest = more.map(({ html }) => BODY.exec(html)?.[1] ?? html).join('')
  const html = (whole?.html ?? '').replace(/<\/body>|$/i, end => `${rest}${end}`)
  return { html: `\ufeff${html}`, missing: filled.reduce((sum, { missing }) => sum + missing, 0) }
}

function filledIn(page: ArchivePart, parts: readonly ArchivePart[]): ArchivedPage {
  const find = finder(page, parts)
  let missing = 0
  const withPictures = textOf(page).replace(ADDRESS, (whole, before, ...values) => {
    const address = values.slice(0, 3).find(value => value !== undefined) ?? ''
    const part = find(address)
    if (part) return `${before}"data:${part.type};base64,${part.bytes.toString('base64')}"`
    if (!/^data:/i.test(address)) missing++
    return whole
  })
  const html = withPictures
    .replace(STYLE_SHEET, whole => {
      const [, ...values] = HREF.exec(whole) ?? []
      const part = find(values.find(value => value !== undefined) ?? '')
      return part?.type === 'text/css' ? `<style>${textOf(part)}</style>` : whole
    })
    .replace(CHARSET, '$1utf-8')
  return { html, missing }
}

/** Finds a part by the page's reference to it. */
function finder({ location: base = '' }: ArchivePart, parts: readonly ArchivePart[]) {
  const byName = new Map<string, ArchivePart>()
  for (const part of parts.toReversed()) {
    if (part.location) byName.set(resolved(part.location, base), part)
    if (part.id) byName.set(`cid:${part.id}`, part)
  }
  return (address: string) => {
    const plain = address.trim().replaceAll('&amp;', '&')
    return byName.get(plain.replace(/^cid:/i, 'cid:')) ?? byName.get(resolved(plain, base))
  }
}

function resolved(address: string, base: string): string {
  const url = URL.parse(address, URL.canParse(base) ? base : 'file:///')
  return url?.href ?? address
}

function textOf({ bytes, charset }: ArchivePart): string {
  const stated =
    charset && !/^(us-)?ascii$/i.test(charset) && iconv.encodingExists(charset) ? charset : undefined
  return iconv.decode(bytes, stated ?? charsetIn(bytes))
}

/** By the page's declaration, otherwise by its bytes. */
function charsetIn(bytes: Buffer): string {
  const said = /<meta\b[^<>]{0,1000}?charset\s*=\s*["']?([\w:.-]+)/i.exec(
    bytes.toString('latin1', 0, 4096),
  )?.[1]
  if (said && iconv.encodingExists(said)) return said
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}
