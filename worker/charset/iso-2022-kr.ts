/** ISO-2022-KR (RFC 1557): EUC-KR without its highest bits, between control characters that mark its start and end. */
import iconv from 'iconv-lite'
import type { Decoder } from './codec.ts'

/** Declares once which set the control characters select. */
const HEADER = Buffer.from('\x1b$)C')
const [BEGIN, END] = [0x0e, 0x0f]
const LINE_FEED = 0x0a
/** EUC-KR has no bytes below this; the additions of Windows have, and cannot be written without the highest bit. */
const FIRST = 0xa1
const UNKNOWN = '?'

export function decoderOfIso2022Kr(): Decoder {
  const korean = new TextDecoder('euc-kr')
  let [isKorean, ofHeader] = [false, 0]
  const write = (bytes: Buffer) => {
    const plain: number[] = []
    for (const byte of bytes) {
      if (byte === HEADER[ofHeader]) {
        ofHeader = (ofHeader + 1) % HEADER.length
        continue
      }
      // The bytes so far were not the header.
      if (ofHeader > 0) plain.push(...HEADER.subarray(0, ofHeader))
      ofHeader = 0
      if (byte === BEGIN || byte === END) isKorean = byte === BEGIN
      else {
        // Each line begins in ASCII.
        if (byte === LINE_FEED) isKorean = false
        plain.push(isKorean && byte > 0x20 && byte < 0x7f ? byte | 0x80 : byte)
      }
    }
    return korean.decode(Uint8Array.from(plain), { stream: true })
  }
  return { write, end: () => korean.decode(Uint8Array.from(HEADER.subarray(0, ofHeader))) }
}

/** Unsupported characters become `?`. */
export function encodeIso2022Kr(text: string): Buffer {
  const parts = text.split(/([^\0-\x7f]+)/).map((part, index) => {
    if (index % 2 === 0) return Buffer.from(part)
    const letters = [...part].map(letter => iconv.encode(letter, 'euc-kr'))
    return Buffer.concat(
      letters.map(bytes => (bytes.every(byte => byte >= FIRST) ? shifted(bytes) : Buffer.from(UNKNOWN))),
    )
  })
  return Buffer.concat(parts.length > 1 ? [HEADER, ...parts] : parts)
}

function shifted(bytes: Buffer): Buffer {
  return Buffer.from([BEGIN, ...bytes.map(byte => byte & 0x7f), END])
}
