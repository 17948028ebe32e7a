/** Bytes into letters and back. */
import iconv from 'iconv-lite'
import type { WideEncoding } from '#lib/scan/wide-text.ts'
import type { Charset } from '#lib/vocabulary/formats.ts'
import { decoderOfEucTw, encodeEucTw } from './euc-tw.ts'
import { decoderOfIso2022Cn, encodeIso2022Cn } from './iso-2022-cn.ts'
import { decoderOfIso2022Kr, encodeIso2022Kr } from './iso-2022-kr.ts'
import { decoderOfJohab, encodeJohab } from './johab.ts'

/** What bytes are read as: a character set with its order of bytes. */
export type Encoding = Exclude<Charset, 'utf-16' | 'utf-32'> | WideEncoding

export interface Decoder {
  write(bytes: Buffer): string
  end(): string
}

/** As browsers read them, with what Windows added to the standards. */
const OF_BROWSERS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  big5: 'big5',
  'big5-hkscs': 'big5',
  shift_jis: 'shift_jis',
  'euc-jp': 'euc-jp',
  'iso-2022-jp': 'iso-2022-jp',
  'euc-kr': 'euc-kr',
}
/** What nobody writes by these names where Windows has letters in the gaps. */
const WITH_GAPS_FILLED: Readonly<Record<string, string>> = {
  'iso-8859-1': 'windows-1252',
  'tis-620': 'windows-874',
}
/** What neither browsers nor the library know. */
const OWN: Readonly<Record<string, { decoder(): Decoder; encode(text: string): Buffer }>> = {
  'iso-2022-kr': { decoder: decoderOfIso2022Kr, encode: encodeIso2022Kr },
  johab: { decoder: decoderOfJohab, encode: encodeJohab },
  'euc-tw': { decoder: decoderOfEucTw, encode: encodeEucTw },
  'iso-2022-cn': { decoder: decoderOfIso2022Cn, encode: encodeIso2022Cn },
}
const [TO_JIS, TO_ASCII] = [Buffer.from('\x1b$B'), Buffer.from('\x1b(B')]

/** Wrong bytes become `�`; a byte order mark is left out. */
export function decoderOf(encoding: Encoding): Decoder {
  const own = OWN[encoding]
  if (own) return own.decoder()
  const label = OF_BROWSERS[encoding]
  if (label === undefined) return iconv.getDecoder(nameOf(WITH_GAPS_FILLED[encoding] ?? encoding)) as Decoder
  const decoder = new TextDecoder(label)
  return { write: bytes => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() }
}

export function decode(bytes: Buffer, encoding: Encoding): string {
  const decoder = decoderOf(encoding)
  return decoder.write(bytes) + (decoder.end() ?? '')
}

/** What the set has not becomes something else; without a byte order mark. */
export function encode(text: string, charset: Charset): Buffer {
  if (charset === 'iso-2022-jp') return encodeJis(text)
  const own = OWN[charset]
  if (own) return own.encode(text)
  return iconv.encode(text, charset === 'utf-16' || charset === 'utf-32' ? `${charset}le` : nameOf(charset))
}

/** As the library calls it. */
const nameOf = (charset: string) =>
  charset === 'x-mac-ce' ? 'maccenteuro' : charset.replace(/^x-mac-/, 'mac')

/** JIS is EUC-JP without its highest bits, between signs that tell where it begins and ends. */
function encodeJis(text: string): Buffer {
  const parts = text.split(/([^\0-\x7f]+)/).map((part, index) => {
    if (index % 2 === 0) return Buffer.from(part)
    return Buffer.concat([TO_JIS, iconv.encode(part, 'euc-jp').map(byte => byte & 0x7f), TO_ASCII])
  })
  return Buffer.concat(parts)
}
