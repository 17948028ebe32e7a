/** The text of some bytes: UTF-16 when its byte order mark says so, else UTF-8, where wrong bytes become `�`. */
export function decode(bytes: Buffer): string {
  const encoding = isUtf16(bytes, 0xff, 0xfe) ? 'utf-16le' : isUtf16(bytes, 0xfe, 0xff) ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(bytes)
}

/** Whether these first bytes of a file are a text in UTF-16, UTF-8 or an 8-bit code page. */
export function isText(head: Buffer): boolean {
  if (isUtf16(head, 0xff, 0xfe) || isUtf16(head, 0xfe, 0xff)) return !decode(head).includes('\0')
  // Old texts hold a stray escape here and there; binary files hold control characters everywhere.
  let controls = 0
  for (const byte of head) {
    if (byte === 0) return false
    if (byte < 0x09 || (byte > 0x0d && byte < 0x20)) controls++
  }
  return controls * 100 <= head.length
}

function isUtf16(bytes: Buffer, first: number, second: number): boolean {
  return bytes.length >= 2 && bytes[0] === first && bytes[1] === second
}
