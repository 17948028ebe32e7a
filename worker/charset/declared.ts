import { CHARSETS } from '#lib/vocabulary/formats.ts'
import type { Encoding } from './codec.ts'

export interface Declared {
  /** As written in the page. */
  label: string
  /** Undefined for an unknown label, and for a set in which the page could not even be declared this way. */
  encoding: Encoding | undefined
}

const COMMENT = /<!--[\s\S]*?-->/g
const XML = /^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([^"']{1,40})/i
const META = /<meta\s[^>]{0,500}?\bcharset\s*=\s*["']?\s*([^"'\s;/>]{1,40})/i

/** The character set that a web page declares. `head` is its beginning, in any superset of ASCII. */
export function declaredIn(head: Buffer): Declared | undefined {
  const text = head.toString('latin1').replace(COMMENT, '')
  const label = XML.exec(text)?.[1] ?? META.exec(text)?.[1]
  return label === undefined ? undefined : { label, encoding: encodingNamed(label.toLowerCase()) }
}

function encodingNamed(label: string): Encoding | undefined {
  const name = charsetNamed(label)
  return name === 'utf-16' || name === 'utf-32' ? undefined : name
}

function charsetNamed(label: string) {
  const own = CHARSETS.find(charset => charset === label)
  return own ?? CHARSETS.find(charset => charset === nameInBrowsers(label))
}

/** Browsers accept many names for each. */
function nameInBrowsers(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}
