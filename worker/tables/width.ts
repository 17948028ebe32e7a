/** In digits: the widest column of a workbook; longer text is wrapped. */
export const WIDEST = 250

const NARROW = /[ ijl.,:;'|!ItfrI()[\]/\\-]/
const BROAD = /[A-HJ-Zmw%@&+=<>~#_]/

/** The width of a cell's longest line, in digits, rounded up because text that does not fit is cut. */
export function widthOf(text: string): number {
  let longest = 0
  for (const line of text.split(/\r\n|\r|\n/)) {
    let width = 0
    for (let at = 0; at < line.length && width < WIDEST; at++) width += letterWidth(line, at)
    longest = Math.max(longest, width)
  }
  return Math.min(longest, WIDEST)
}

function letterWidth(line: string, at: number): number {
  const code = line.charCodeAt(at)
  if (code >= 0x30 && code <= 0x39) return 1
  if (code >= 0x1100) return 1.9
  if (code >= 0x80) return 1.4
  const letter = line.charAt(at)
  if (NARROW.test(letter)) return 0.65
  if (letter === 'W' || letter === '@' || letter === '%' || letter === 'm' || letter === 'M') return 1.7
  return BROAD.test(letter) ? 1.4 : 1
}
