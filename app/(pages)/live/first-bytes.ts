/** Files that no server of ours converts, recognized by their first bytes before they are uploaded. Pure. */
import { AppError } from '#lib/vocabulary/errors.ts'

/** So many bytes are looked at. */
export const HEAD_BYTES = 64

interface Signature {
  found: string
  /** As `lib/scan/other-kinds.ts` names it. */
  kind: string
  /** Where it stands, in bytes. */
  at: number
  /** In Latin-1. */
  bytes: string
}

const UNPACK = 'Unpack it and send the documents in it.'
const EXPORT = 'Open it in the program that shows it, export it as JPEG or PNG and send that.'
const OTHER = 'Send an Office document, an OpenDocument file, a picture or a PDF.'

/** Archives of documents (ZIP) and packed pictures (GZIP) are not among them: only the server can tell. */
const SIGNATURES: readonly (Signature & { nextStep: string })[] = [
  ...['heic', 'heix', 'mif1'].map(brand => ({
    found: 'a HEIC picture',
    kind: 'heic',
    at: 4,
    bytes: `ftyp${brand}`,
    nextStep: EXPORT,
  })),
  { found: 'an AVIF picture', kind: 'avif', at: 4, bytes: 'ftypavif', nextStep: EXPORT },
  { found: 'a film or sound', kind: 'media', at: 4, bytes: 'ftyp', nextStep: OTHER },
  { found: 'a film', kind: 'media', at: 0, bytes: '\x1a\x45\xdf\xa3', nextStep: OTHER },
  { found: 'a film', kind: 'media', at: 8, bytes: 'AVI LIST', nextStep: OTHER },
  { found: 'a sound', kind: 'media', at: 8, bytes: 'WAVEfmt ', nextStep: OTHER },
  { found: 'a sound', kind: 'media', at: 0, bytes: 'ID3', nextStep: OTHER },
  { found: 'a sound', kind: 'media', at: 0, bytes: 'OggS', nextStep: OTHER },
  { found: 'a sound', kind: 'media', at: 0, bytes: 'fLaC', nextStep: OTHER },
  { found: 'a program', kind: 'program', at: 0, bytes: 'MZ', nextStep: OTHER },
  { found: 'a program', kind: 'program', at: 0, bytes: '\x7fELF', nextStep: OTHER },
  { found: 'a RAR archive', kind: 'rar', at: 0, bytes: 'Rar!\x1a\x07', nextStep: UNPACK },
  { found: 'a 7-Zip archive', kind: 'sevenZip', at: 0, bytes: "7z\xbc\xaf'\x1c", nextStep: UNPACK },
  { found: 'an XZ archive', kind: 'xz', at: 0, bytes: '\xfd7zXZ\0', nextStep: UNPACK },
]

/** The refusal of a file that begins like this; null where the server has to judge. */
export function refusalByFirstBytes(head: Uint8Array): AppError | null {
  // A text may begin with the same letters, and has no zero bytes.
  if (!head.includes(0)) return null
  const text = String.fromCharCode(...head.subarray(0, HEAD_BYTES))
  const known = SIGNATURES.find(({ at, bytes }) => text.startsWith(bytes, at))
  if (!known) return null
  const { found, kind, nextStep } = known
  return new AppError('unsupported_format', { details: { found, nextStep, kind } })
}
