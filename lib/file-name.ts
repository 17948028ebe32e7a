const MAX_BYTES = 255
/** Longer endings are no extensions but parts of a name that has a dot in it. */
const MAX_EXTENSION_BYTES = 32
const LONGEST = 4096
const FALLBACK = 'document'

// Control and formatting characters, among them those that turn the direction of writing, so that `fdp.exe` shows as
// `exe.pdf`; line separators; private and unassigned ones stay, they are somebody's letters. The two joiners stay as
// well: Persian words and family emoji are written with them.
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * A name that a user sent, made safe to store, show and offer: without folders and without characters that cannot be
 * seen, at most 255 bytes of UTF-8 with its extension kept, never empty. It is still only a name, never a path of ours.
 */
export function cleanFileName(raw: string): string {
  const whole = raw.slice(Math.max(raw.lastIndexOf('/'), raw.lastIndexOf('\\')) + 1)
  // Names of megabytes are an attack on what follows; the end stays for its extension.
  const base = whole.length > LONGEST ? whole.slice(0, LONGEST) + whole.slice(-MAX_EXTENSION_BYTES) : whole
  const visible = base.toWellFormed().replace(INVISIBLE, '').normalize('NFC')
  const plain = visible
    .replace(/\s+/g, ' ')
    .replace(/[. ]+$/, '')
    .trimStart()
  const dot = plain.lastIndexOf('.')
  const ending = dot < 0 ? '' : plain.slice(dot)
  const extension = Buffer.byteLength(ending) <= MAX_EXTENSION_BYTES ? ending : ''
  const stem = plain.slice(0, plain.length - extension.length).trimEnd()
  return cutTo(stem || FALLBACK, MAX_BYTES - Buffer.byteLength(extension)) + extension
}

/** The beginning of a text that fits into so many bytes, cut between what readers see as characters. */
function cutTo(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text
  let [kept, bytes] = ['', 0]
  // More characters than bytes can never fit.
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, maxBytes))) {
    bytes += Buffer.byteLength(segment)
    if (bytes > maxBytes) break
    kept += segment
  }
  return kept.trimEnd() || FALLBACK
}
