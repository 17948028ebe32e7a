/** Fields of Word, as runs of a paragraph. */
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

export const run = (text: string) => `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`
export const instruction = (text: string) =>
  `<w:r><w:instrText xml:space="preserve">${escaped(text)}</w:instrText></w:r>`
export const mark = (type: 'begin' | 'separate' | 'end', more = '') =>
  `<w:r><w:fldChar w:fldCharType="${type}"${more}/></w:r>`
export const paragraph = (...runs: string[]) => `<w:p>${runs.join('')}</w:p>`

/** A field that Word last showed as `result`; the instruction may hold runs, other fields among them. */
export const field = (words: string, result: string, more = '') =>
  mark('begin', more) +
  (words.startsWith('<') ? words : instruction(words)) +
  mark('separate') +
  (result.startsWith('<') ? result : run(result)) +
  mark('end')

/** The same as an element around its result. */
export const simpleField = (words: string, result: string) =>
  `<w:fldSimple w:instr="${escaped(words)}">${result.startsWith('<') ? result : run(result)}</w:fldSimple>`
