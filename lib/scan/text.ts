import { decodeText } from './decode-text.ts'
import type { Finding } from './finding.ts'
import { detectMail, isSpreadsheet } from './mail.ts'
import { flatOdf } from './odf.ts'
import { otherKind } from './other-kinds.ts'
import { plainTable } from './plain-table.ts'
import { type Root, rootOf } from './xml.ts'

const TEXT_CLAIMS = ['txt', 'csv', 'tsv']
/** Word opens a text under these names silently; a newer format is never a text. */
const WORD_CLAIMS = ['doc', 'dot', 'rtf']
const HTML_ROOTS = ['html', 'head', 'body', 'table']
/** The beginnings of pages that were assembled from fragments; in an XML file these may have another meaning. */
const HTML_PIECE =
  /^(?:meta|style|title|link|script|div|p|center|font|h[1-6]|span|ul|ol|tr|b|strong|form|br|hr|pre)$/
const TABLE = /<table[\s>]/i
const CELL = /<t[dh][\s>]/i
const SPREADSHEET_2003 = 'urn:schemas-microsoft-com:office:spreadsheet'
const WORD_2003 = 'http://schemas.microsoft.com/office/word/2003/wordml'
const PACKAGE_2006 = 'http://schemas.microsoft.com/office/2006/xmlPackage'
/** Symbolic link format begins with an `ID` record; a DIF with its header and version. */
const SYLK = /^ID;P/
const DIF = /^TABLE\r?\n0,1\r?\n"/

/**
 * Detects what a text is. Markup identifies itself; only the name distinguishes prose from a table, so plain text is
 * accepted when the name claims a text, or a format under which web applications and Excel write text.
 */
export function detectText(head: Buffer, claimed: string | undefined): Finding {
  // The source of a web page named .txt is meant to be read as text.
  if (claimed && TEXT_CLAIMS.includes(claimed)) return { format: claimed }
  const text = decodeText(head)
  if (SYLK.test(text)) return { format: 'slk' }
  if (DIF.test(text)) return { format: 'dif' }
  return detectMarkup(text, claimed) ?? detectMail(text, claimed) ?? detectPlainText(text, claimed)
}

function detectPlainText(text: string, claimed: string | undefined): Finding {
  if (claimed === 'html') return { format: 'html' }
  if (claimed && WORD_CLAIMS.includes(claimed)) return { format: 'txt' }
  // A heading or a warning of the program that wrote it may precede the table.
  if (isSpreadsheet(claimed) && TABLE.test(text) && CELL.test(text)) return { format: 'html-table' }
  const table = plainTable(text)
  if (table && isSpreadsheet(claimed)) return { format: table }
  if (table && claimed === undefined) return otherKind(table === 'tsv' ? 'tabTable' : 'table')
  return otherKind('text')
}

function detectMarkup(text: string, claimed: string | undefined): Finding | undefined {
  const root = rootOf(text)
  if (!root) return undefined
  const name = root.name.toLowerCase()
  if (name === 'svg') return { format: 'svg' }
  const isPiece = HTML_PIECE.test(name) && root.instructions === ''
  if (/^html\b/i.test(root.doctype) || HTML_ROOTS.includes(name) || isPiece) return webPage(text, claimed)
  if (name === 'document' && root.attributes.mimetype) return flatOdf(root.attributes.mimetype)
  return officeXml(root) ?? (root.instructions.startsWith('xml ') ? otherKind('xml') : undefined)
}

/** A page with a workbook's name is treated as a workbook if it has a table. */
function webPage(text: string, claimed: string | undefined): Finding {
  return { format: isSpreadsheet(claimed) && TABLE.test(text) ? 'html-table' : 'html' }
}

function officeXml({ name, attributes }: Root): Finding | undefined {
  const spaces = Object.values(attributes)
  if (name === 'Workbook' && spaces.includes(SPREADSHEET_2003)) return { format: 'spreadsheetml' }
  if (name === 'wordDocument' && spaces.includes(WORD_2003)) return { format: 'wordml' }
  return name === 'package' && spaces.includes(PACKAGE_2006) ? otherKind('flatWord') : undefined
}
