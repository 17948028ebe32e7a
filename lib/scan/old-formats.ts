/** Old formats that the library of signatures does not know or confuses with others. */
import type { Finding } from './finding.ts'
import { otherKind } from './other-kinds.ts'

/** Patterns over the first bytes in hexadecimal digits; a point matches any digit. */
const KINDS: readonly (readonly [RegExp, Finding])[] = [
  // Workbooks of Excel 2, 3 and 4 are a bare stream of records: a sheet, a chart, macros or a whole workbook.
  [/^09(00|02|04)0[46]00.{4}([124]000|0001)/, { format: 'xls' }],
  // Lotus 1-2-3 of all ages, and the spreadsheet of Works, which wrote the same records.
  [/^(00000200|ff000200)0[46]04/, { format: '123' }],
  [/^00001a000[0-5]100400/, { format: '123' }],
  [/^00000200(20|21)51/, { format: 'wb2' }],
  [/^000002000[12]10/, { format: 'wb2' }],
  // These bytes say product WordPerfect (01) and file type document (0a).
  [/^ff575043.{8}010a/, { format: 'wpd' }],
  [/^3[12]be000000ab/, { format: 'wri' }],
  [/^01000000.{72}20454d46/, { format: 'emf' }],
  [/^(d7cdc69a0000|0[12]00090000(01|03))/, { format: 'wmf' }],
  [/^(dba5|9ba5|31be)/, otherKind('oldWord')],
  [/^48575020446f63756d656e742046696c65/, otherKind('hangul')],
]
const LONGEST_BYTES = 44

/** One byte is too little to identify a dBase table, so the extension has to agree. */
const DBASE = /^(0[2-5]|3[0-2]|43|63|83|8b|cb|f5)/

/** Detects a binary file by its first bytes; undefined where they identify nothing. */
export function detectOldFormat(head: Buffer, fileName: string): Finding | undefined {
  const first = head.toString('hex', 0, LONGEST_BYTES)
  const found = KINDS.find(([signature]) => signature.test(first))?.[1]
  if (found) return found
  return /\.dbf$/i.test(fileName) && DBASE.test(first) ? otherKind('dBase') : undefined
}
