/**
 * The first two planes of CNS 11643: all of Big5 in nearly the same order, and a few more symbols. The index of a
 * character is `(row - 1) * 94 + column - 1`, with rows and columns counted from 1. Other planes are a file.
 */
import { higherPlanes } from './cns-11643/higher-planes.ts'

type Run = readonly [first: number, count: number, inBig5: number]

/** Consecutive characters of both sets; Big5 has 157 in a row. */
// biome-ignore format: a table
const PLANE_1: readonly Run[] = [
  [0, 5, 0], [6, 15, 6], [21, 2, 23], [24, 1, 22], [29, 44, 29], [73, 1, 74], [74, 1, 73], [75, 21, 75],
  [98, 1, 98], [100, 27, 100], [127, 1, 128], [128, 1, 127], [130, 14, 130], [146, 2, 146],
  [148, 1, 149], [149, 1, 148], [150, 4, 150], [155, 1, 21], [156, 78, 156], [282, 29, 234],
  [312, 1, 264], [314, 142, 266], [3290, 17, 471], [3307, 1, 263], [3308, 86, 489], [3394, 1, 265],
  [3395, 1307, 576], [4702, 424, 1884], [5126, 1, 1883], [5127, 1876, 2308], [7003, 1, 4571],
  [7004, 387, 4184], [7391, 525, 4572], [7916, 1, 5286], [7917, 105, 5097], [8023, 83, 5203],
  [8106, 84, 5287], [8190, 1, 5517], [8191, 54, 5371], [8245, 1, 5426], [8246, 1, 5425],
  [8247, 90, 5427], [8337, 354, 5518],
]
/** Characters that Big5 lacks, or has in another form. */
const SIGNS: readonly (readonly [first: number, letters: string])[] = [
  [5, '・'],
  [23, '︲'],
  [96, '‾'],
  [129, '∼'],
  [144, '♁☉'],
  [154, '‖'],
  [470, '①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ'],
  [571, '亠'],
  [578, '冫'],
  [583, '勹'],
  [3102, '␀␁␂␃␄␅␆␇␈␉␊␋␌␍␎␏␐␑␒␓␔␕␖␗␘␙␚␛␜␝␞␟␡'],
  [8022, '彞'],
]
// biome-ignore format: a table
const PLANE_2: readonly Run[] = [
  [0, 10, 6280], [10, 33, 6291], [43, 1, 6372], [44, 48, 6324], [92, 46, 6373], [138, 1, 6586],
  [139, 167, 6419], [306, 1840, 6587], [2146, 1, 9074], [2147, 108, 8428], [2255, 537, 8537],
  [2792, 1, 8427], [2793, 100, 9075], [2893, 1, 8536], [2894, 399, 9175], [3293, 1637, 9575],
  [4930, 1, 11761], [4931, 146, 11212], [5077, 1, 11899], [5078, 287, 11358], [5365, 1, 12508],
  [5366, 116, 11645], [5482, 137, 11762], [5619, 104, 11900], [5723, 1, 12425], [5724, 222, 12004],
  [5946, 198, 12227], [6144, 82, 12426], [6226, 86, 12509], [6312, 1, 12226], [6313, 8, 12595],
  [6321, 153, 12604], [6474, 56, 12758], [6530, 1, 13114], [6531, 113, 12814], [6644, 1, 12603],
  [6645, 142, 12927], [6787, 1, 12757], [6788, 45, 13069], [6833, 71, 13115], [6904, 1, 13380],
  [6905, 194, 13186], [7099, 490, 13381], [7589, 1, 13914], [7590, 43, 13871], [7633, 1, 13915],
  [7634, 11, 13917], [7645, 1, 13916], [7646, 4, 13928],
]

const ROW = 94
const [BIG5_ROW, LOW_TRAILS] = [157, 63]
let planes: readonly Map<number, string>[] | undefined
let codes: Map<string, CnsCode> | undefined
let higherCodes: Map<string, CnsCode> | undefined

/** Row and column count from 0. */
export interface CnsCode {
  plane: number
  row: number
  column: number
}

/** The character at a row and column, counted from 0; undefined where there is none. */
export function letterAt(plane: number, row: number, column: number): string | undefined {
  const index = row * ROW + column
  if (plane <= 2) return firstPlanes()[plane - 1]?.get(index)
  const letter = higherPlanes().get(plane)?.[index]
  return letter === ' ' ? undefined : letter
}

/**
 * The plane and index of a character. Some of plane 2 are in plane 1 as well, which takes precedence; some of plane 3 are
 * in plane 4 as well, which takes precedence because the C library knows them only there.
 */
export function cnsCodeOf(letter: string): CnsCode | undefined {
  codes ??= codesIn(firstPlanes().map((letters, index) => [index + 1, letters]))
  const code = codes.get(letter)
  if (code || !/\p{Script=Han}/u.test(letter)) return code
  higherCodes ??= codesIn(
    [...higherPlanes()].map(([plane, letters]) => [plane, new Map(letters.entries())] as const).reverse(),
  )
  return higherCodes.get(letter)
}

/** The first plane that has a character takes precedence. */
function codesIn(all: readonly (readonly [plane: number, letters: ReadonlyMap<number, string>])[]) {
  const found = new Map<string, CnsCode>()
  for (const [plane, letters] of all)
    for (const [at, each] of letters)
      if (!found.has(each)) found.set(each, { plane, row: Math.floor(at / ROW), column: at % ROW })
  return found
}

function firstPlanes(): readonly Map<number, string>[] {
  planes ??= [plane1(), lettersOf(PLANE_2)]
  return planes
}

function plane1(): Map<number, string> {
  const letters = lettersOf(PLANE_1)
  for (const [first, signs] of SIGNS)
    for (const [index, sign] of [...signs].entries()) letters.set(first + index, sign)
  return letters
}

function lettersOf(runs: readonly Run[]): Map<number, string> {
  const letters = new Map<number, string>()
  const big5 = new TextDecoder('big5')
  for (const [first, count, inBig5] of runs)
    for (let index = 0; index < count; index++) {
      const [row, trail] = [Math.floor((inBig5 + index) / BIG5_ROW), (inBig5 + index) % BIG5_ROW]
      const bytes = [0xa1 + row, trail < LOW_TRAILS ? 0x40 + trail : 0xa1 + trail - LOW_TRAILS]
      letters.set(first + index, big5.decode(Uint8Array.from(bytes)))
    }
  return letters
}
