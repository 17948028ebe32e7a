const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/i
/** Before any fragment, which may have one of its own. */
const ESCAPED_MARK = /^([^#]*?)%3f/i

/**
 * A link with its query. LibreOffice takes the `?` of a relative link for a character of a file's name and escapes it, so
 * that the link leads nowhere. Files whose names contain one are rarer than links to `show.aspx?id=7`, and on Windows
 * impossible.
 */
export function withQuery(link: string): string {
  return HAS_SCHEME.test(link) ? link : link.replace(ESCAPED_MARK, '$1?')
}
