import { decodeWide, wideTextOf } from './wide-text.ts'

/** Decodes bytes as UTF-16 or UTF-32 where they are that, otherwise as UTF-8, with `�` for invalid bytes. */
export function decodeText(bytes: Buffer): string {
  const wide = wideTextOf(bytes)
  return wide ? decodeWide(bytes, wide.encoding) : new TextDecoder().decode(bytes)
}

/** Whether the first bytes of a file are text in UTF-16, UTF-32, UTF-8 or an 8-bit code page. */
export function isText(head: Buffer): boolean {
  const wide = wideTextOf(head)
  if (wide) return !wide.isMarked || !decodeWide(head, wide.encoding).includes('\0')
  // Old texts contain a stray escape character here and there; binary files contain control characters everywhere.
  let controls = 0
  for (const byte of head) {
    if (byte === 0) return false
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) controls++
  }
  return controls * 100 <= head.length
}
