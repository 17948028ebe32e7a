import { CHARSETS } from '#lib/vocabulary/formats.ts'
import type { Encoding } from './codec.ts'

export interface Declared {
  /** As the page says it. */
  label: string
  /** Undefined where nobody knows that, or where the page could not even say so if it were true. */
  encoding: Encoding | undefined
}

const COMMENT = /<!--[\s\S]*?-->/g
const XML = /^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([^"']{1,40})/i
const META = /<meta\s[^>]{0,500}?\bcharset\s*=\s*["']?\s*([^"'\s;/>]{1,40})/i

/** What a web page says of its character set. `head` is its beginning, in any set in which ASCII is ASCII. */
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

/** Browsers know many names for each. */
function nameInBrowsers(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}
