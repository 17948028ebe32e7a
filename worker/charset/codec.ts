/** Decodes and encodes text. */
import iconv from 'iconv-lite'
import type { WideEncoding } from '#lib/scan/wide-text.ts'
import type { Charset } from '#lib/vocabulary/formats.ts'
import type { Codec } from './double-byte.ts'
import { decoderOfEucTw, encodeEucTw } from './euc-tw.ts'
import { GB_12345 } from './gb-12345.ts'
import { decoderOfIso2022Cn, encodeIso2022Cn } from './iso-2022-cn.ts'
import { decoderOfIso2022Kr, encodeIso2022Kr } from './iso-2022-kr.ts'
import { JOHAB } from './johab.ts'
import {
  MAC_CHINESE_SIMPLIFIED,
  MAC_CHINESE_TRADITIONAL,
  MAC_JAPANESE,
  MAC_KOREAN,
} from './mac-east-asian.ts'

/** A character set with its byte order. */
export type Encoding = Exclude<Charset, 'utf-16' | 'utf-32'> | WideEncoding

export interface Decoder {
  write(bytes: Buffer): string
  end(): string
}

/**
 * Encodings as browsers read them, with the additions of Windows to the standards. Those of EUC-KR and of Big5 for Hong
 * Kong are missing in Node, and the library has them.
 */
const OF_BROWSERS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  big5: 'big5',
  shift_jis: 'shift_jis',
  'euc-jp': 'euc-jp',
  'iso-2022-jp': 'iso-2022-jp',
}
/** Encodings that are never used where Windows defines characters in their gaps. */
const WITH_GAPS_FILLED: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  'tis-620': 'windows-874',
}
/** Encodings that neither browsers nor the library support. */
const OWN: Readonly<Record<string, Codec>> = {
  'iso-2022-kr': { decoder: decoderOfIso2022Kr, encode: encodeIso2022Kr },
  johab: JOHAB,
  'euc-tw': { decoder: decoderOfEucTw, encode: encodeEucTw },
  'iso-2022-cn': { decoder: decoderOfIso2022Cn, encode: encodeIso2022Cn },
  'cn-gb-12345': GB_12345,
  'x-mac-chinesesimp': MAC_CHINESE_SIMPLIFIED,
  'x-mac-chinesetrad': MAC_CHINESE_TRADITIONAL,
  'x-mac-japanese': MAC_JAPANESE,
  'x-mac-korean': MAC_KOREAN,
}
const [TO_JIS, TO_ASCII] = [Buffer.from('\x1b$B'), Buffer.from('\x1b(B')]

/** A decoder; invalid bytes become `�`, and a byte order mark is removed. */
export function decoderOf(encoding: Encoding): Decoder {
  const own = OWN[encoding]
  if (own) return own.decoder()
  const label = OF_BROWSERS[encoding]
  if (label === undefined) return iconv.getDecoder(nameOf(WITH_GAPS_FILLED[encoding] ?? encoding)) as Decoder
  const decoder = new TextDecoder(label)
  return { write: bytes => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
}

/** Decodes bytes; invalid ones become `�`. */
export function decode(bytes: Buffer, encoding: Encoding): string {
  const decoder = decoderOf(encoding)
  return decoder.write(bytes) + (decoder.end() ?? '')
}

/** Encodes without a byte order mark; characters that the set lacks are replaced. */
export function encode(text: string, charset: Charset): Buffer {
  if (charset === 'iso-2022-jp') return encodeJis(text)
  const own = OWN[charset]
  if (own) return own.encode(text)
  return iconv.encode(text, charset === 'utf-16' || charset === 'utf-32' ? `${charset}le` : nameOf(charset))
}

/** The library's name of a character set. */
const nameOf = (charset: string) =>
  charset === 'x-mac-ce' ? 'maccenteuro' : charset.replace(/^x-mac-/, 'mac')

/** JIS is EUC-JP without its highest bits, between escape sequences that mark its start and end. */
function encodeJis(text: string): Buffer {
  const parts = text.split(/([^\0-\x7f]+)/).map((part, index) => {
    if (index % 2 === 0) return Buffer.from(part)
    return Buffer.concat([TO_JIS, iconv.encode(part, 'euc-jp').map(byte => byte & 0x7f), TO_ASCII])
  })
  return Buffer.concat(parts)
}
