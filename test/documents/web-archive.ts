/** Web pages that were saved in one file, as an e-mail is (MHTML). */
export interface ArchivedPart {
  type: string
  /** Base64 or quoted-printable; without it as it stands. */
  encoding?: string
  location?: string
  id?: string
  content: string
}

/** One page with these other parts behind it; `header` stands before all. */
export function webArchive(
  page: string | ArchivedPart,
  others: readonly ArchivedPart[] = [],
  header = '',
): string {
  const first = typeof page === 'string' ? { type: 'text/html; charset=utf-8', content: page } : page
  const parts = [first, ...others].map(part => `--b\r\n${fieldsOf(part)}\r\n${part.content}\r\n`)
  return `${header}MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"; type="text/html"\r\n\r\n${parts.join('')}--b--\r\n`
}

function fieldsOf({ type, encoding, location, id }: ArchivedPart): string {
  const fields = [`Content-Type: ${type}`]
  if (encoding) fields.push(`Content-Transfer-Encoding: ${encoding}`)
  if (location) fields.push(`Content-Location: ${location}`)
  if (id) fields.push(`Content-ID: <${id}>`)
  return fields.map(field => `${field}\r\n`).join('')
}
