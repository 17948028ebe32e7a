const MAX_BYTES = 255
/** A longer ending is not an extension but part of a name that contains a dot. */
const MAX_EXTENSION_BYTES = 32
const LONGEST = 4096
const FALLBACK = 'document'

// Control and formatting characters, including those that reverse the writing direction and show `fdp.exe` as
// `exe.pdf`, and line separators. Private and unassigned characters stay, because some scripts use them. The two
// joiners stay as well, because Persian words and family emoji need them.
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * Makes a name that a user sent safe to store and show: no folders, no invisible characters, at most 255 bytes of UTF-8
 * with the extension kept, never empty. It is never used as a path.
 */
export function cleanFileName(raw: string): string {
  const whole = raw.slice(Math.max(raw.lastIndexOf('/'), raw.lastIndexOf('\\')) + 1)
  // A name of megabytes would slow down the steps below; the end stays because it holds the extension.
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

/** The beginning of a text that fits into `maxBytes`, cut between graphemes. */
function cutTo(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text
  let [kept, bytes] = ['', 0]
  // A text never has more characters than bytes.
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, maxBytes))) {
    bytes += Buffer.byteLength(segment)
    if (bytes > maxBytes) break
    kept += segment
  }
  return kept.trimEnd() || FALLBACK
}
