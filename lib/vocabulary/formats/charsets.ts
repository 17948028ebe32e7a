/** The character sets of plain text, grouped by script; the usual one comes first. */

// biome-ignore format: a table
export const CHARSET_GROUPS = {
  Unicode: ['utf-8', 'utf-16', 'utf-32', 'utf-7'],
  'Western European': ['windows-1252', 'iso-8859-1', 'iso-8859-15', 'iso-8859-14', 'macintosh', 'x-mac-iceland', 'ibm850', 'ibm858', 'ibm437', 'ibm860', 'ibm861', 'ibm863', 'ibm865'],
  'Central European': ['windows-1250', 'iso-8859-2', 'iso-8859-3', 'iso-8859-16', 'ibm852', 'x-mac-ce', 'x-mac-croatian', 'x-mac-romania'],
  'Baltic and Nordic': ['windows-1257', 'iso-8859-4', 'iso-8859-10', 'iso-8859-13', 'ibm775'],
  Cyrillic: ['windows-1251', 'koi8-r', 'koi8-u', 'iso-8859-5', 'ibm866', 'ibm855', 'x-mac-cyrillic', 'x-mac-ukraine', 'pt154'],
  Greek: ['windows-1253', 'iso-8859-7', 'ibm737', 'ibm869', 'x-mac-greek'],
  Turkish: ['windows-1254', 'iso-8859-9', 'ibm857', 'x-mac-turkish'],
  Hebrew: ['windows-1255', 'iso-8859-8', 'ibm862'],
  Arabic: ['windows-1256', 'iso-8859-6', 'ibm864'],
  'Thai and Vietnamese': ['windows-874', 'tis-620', 'x-mac-thai', 'windows-1258'],
  Chinese: ['gb18030', 'gbk', 'big5', 'big5-hkscs', 'euc-tw', 'iso-2022-cn', 'cn-gb-12345', 'x-mac-chinesesimp', 'x-mac-chinesetrad'],
  Japanese: ['shift_jis', 'euc-jp', 'iso-2022-jp', 'x-mac-japanese'],
  Korean: ['euc-kr', 'johab', 'iso-2022-kr', 'x-mac-korean'],
} as const

export type Charset = (typeof CHARSET_GROUPS)[keyof typeof CHARSET_GROUPS][number]

export const CHARSETS: readonly Charset[] = Object.values(CHARSET_GROUPS).flat()
