import { decode } from './decode.ts'
import type { Finding } from './finding.ts'
import { flatOdf } from './odf.ts'
import { rootOf } from './xml.ts'

const TEXT_CLAIMS = ['txt', 'csv', 'tsv', 'html']
const HTML_ROOTS = ['html', 'head', 'body', 'table']

/**
 * What a text is. Markup tells for itself; whether the rest is prose or a table only the name can tell, so plain
 * text is taken when the name claims a text, and is something else under any other name.
 */
export function lookAtText(head: Buffer, claimed: string | undefined): Finding {
  // The source of a web page, named .txt, is meant to be read as it is written.
  if (claimed && claimed !== 'html' && TEXT_CLAIMS.includes(claimed)) return { format: claimed }
  const markup = lookAtMarkup(decode(head))
  if (markup) return markup
  return claimed === 'html' ? { format: 'html' } : { other: 'a plain text' }
}

function lookAtMarkup(text: string): Finding | undefined {
  const root = rootOf(text)
  if (!root) return undefined
  const name = root.name.toLowerCase()
  if (name === 'svg') return { format: 'svg' }
  if (/^html\b/i.test(root.doctype) || HTML_ROOTS.includes(name)) return { format: 'html' }
  if (name === 'document' && root.attributes.mimetype) return flatOdf(root.attributes.mimetype)
  if (root.instructions.includes('mso-application')) return { other: 'an Office 2003 XML file' }
  return root.instructions.startsWith('xml ') ? { other: 'an XML file' } : undefined
}
