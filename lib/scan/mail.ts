/** Files that begin like an e-mail: e-mails, and web pages saved in that format (MHTML). */
import { SOURCES } from '../vocabulary/formats.ts'
import type { Finding } from './finding.ts'
import { otherKind } from './other-kinds.ts'

const MAX_HEADER_CHARACTERS = 32 * 1024
const FIELD = /^([!-9;-~]{1,80}):/
/** Headers that only a sent e-mail has. */
const SENT = /^(to|cc|bcc|received|return-path|delivered-to|in-reply-to|reply-to)$/
/** Content types that may be a page where the name claims a document, and those that are one under any name. */
const PAGE = /^(multipart\/(related|mixed|alternative)|text\/html)\b/i
const PAGE_WITH_PARTS = /^(multipart\/related|text\/html)\b/i
/** An e-mail has at least two of these. */
const OF_MAIL = ['from', 'date', 'subject', 'message-id', 'mime-version']

/** Detects a web archive or an e-mail by its header; undefined where the text does not begin with one. */
export function detectMail(text: string, claimed: string | undefined): Finding | undefined {
  const fields = fieldsOf(text)
  const names = [...fields.keys()]
  const holdsPage = (claimed ? PAGE : PAGE_WITH_PARTS).test(fields.get('content-type')?.trim() ?? '')
  // In a saved page, a browser writes its own name there.
  const isSent = names.some(name => SENT.test(name)) || /@/.test(fields.get('from') ?? '')
  const isPage = claimed === 'mhtml' || !isSent
  if (holdsPage && isPage && fields.has('mime-version'))
    return { format: isSpreadsheet(claimed) ? 'mhtml-table' : 'mhtml' }
  const isMail = OF_MAIL.filter(name => fields.has(name)).length >= 2 || isSent
  return isMail && fields.size >= 2 ? otherKind('mail') : undefined
}

/** Whether the name claims a spreadsheet. */
export function isSpreadsheet(claimed: string | undefined): boolean {
  return SOURCES.get(claimed ?? '')?.family === 'spreadsheet'
}

/** The header's fields by their names in lower case, the first of each; empty for anything other than a header. */
function fieldsOf(text: string): Map<string, string> {
  const fields = new Map<string, string>()
  let last = ''
  for (const line of text
    .slice(0, MAX_HEADER_CHARACTERS)
    .replace(/^\ufeff?\s*/, '')
    .split(/\r?\n|\r/)) {
    if (line === '') return fields
    if (/^[ \t]/.test(line)) {
      fields.set(last, `${fields.get(last) ?? ''}${line}`)
      continue
    }
    // The line before each e-mail in a mailbox file.
    if (fields.size === 0 && line.startsWith('From ')) continue
    const name = FIELD.exec(line)?.[1]
    if (name === undefined) return new Map()
    last = name.toLowerCase()
    if (!fields.has(last)) fields.set(last, line.slice(name.length + 1))
  }
  return new Map()
}
