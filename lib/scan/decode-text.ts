import { decodeWide, wideTextOf } from './wide-text.ts'

/** The text of some bytes: UTF-16 or UTF-32 where they are that, else UTF-8, where wrong bytes become `�`. */
export function decodeText(bytes: Buffer): string {
  const wide = wideTextOf(bytes)
  return wide ? decodeWide(bytes, wide.encoding) : new TextDecoder().decode(bytes)
}

/** Whether these first bytes of a file are a text in UTF-16, UTF-32, UTF-8 or an 8-bit code page. */
export function isText(head: Buffer): boolean {
  const wide = wideTextOf(head)
  if (wide) return !wide.isMarked || !decodeWide(head, wide.encoding).includes('\0')
  // Old texts hold a stray escape here and there; binary files hold control characters everywhere.
  let controls = 0
  for (const byte of head) {
    if (byte === 0) return false
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) controls++
  }
  return controls * 100 <= head.length
}
