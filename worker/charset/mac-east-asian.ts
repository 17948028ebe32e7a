/**
 * The East Asian sets of the classic Mac OS: the national standards with Apple's single bytes and, in Japanese, Apple's
 * symbols and vertical forms. As LibreOffice reads them, save that Korean has Apple's single bytes, which LibreOffice
 * takes for the first bytes of what Windows added.
 */
import { doubleByte, lettersFrom } from './double-byte.ts'

type Run = readonly [first: number, letters: string]

const [EUC, BIG5, SHIFT_JIS] = [
  [0xa1, 0xfe],
  [0x40, 0xfe],
  [0x40, 0xfc],
] as const
const LAST_SINGLES: Run = [0xfd, '©™…']
const NO_BREAK_SPACE: Run = [0xa0, '\u00a0']
const HALF_WIDTH = String.fromCharCode(...Array.from({ length: 63 }, (_, index) => 0xff61 + index))

export const MAC_CHINESE_SIMPLIFIED = doubleByte(() =>
  lettersFrom({
    base: 'gb18030',
    leads: [[0xa1, 0xfc]],
    trails: EUC,
    absent: '€',
    added: [[0x80, 'ü'], NO_BREAK_SPACE, LAST_SINGLES],
  }),
)

export const MAC_CHINESE_TRADITIONAL = doubleByte(() =>
  lettersFrom({
    base: 'big5',
    leads: [
      [0xf9, 0xfc],
      [0xa1, 0xf8],
    ],
    trails: BIG5,
    added: [[0x80, '\\'], NO_BREAK_SPACE, LAST_SINGLES],
  }),
)

export const MAC_KOREAN = doubleByte(() =>
  lettersFrom({
    base: 'euc-kr',
    leads: [[0xa1, 0xfd]],
    trails: EUC,
    added: [
      [0x80, '\u00a0₩–©＿'],
      [0xff, '…'],
    ],
  }),
)

// biome-ignore format: a table
const JAPANESE: readonly Run[] = [
  [0x80, '\\'], NO_BREAK_SPACE, [0xa1, HALF_WIDTH], LAST_SINGLES,
  [0x8540, '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳'], [0x855e, '⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇'],
  [0x857c, '❶❷❸'], [0x8580, '❹❺❻❼❽❾'], [0x8592, '⒈⒉⒊⒋⒌⒍⒎⒏⒐'],
  [0x859f, 'ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ'], [0x85b3, 'ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ'], [0x85db, '⒜⒝⒞⒟⒠⒡⒢⒣⒤⒥⒦⒧⒨⒩⒪⒫⒬⒭⒮⒯⒰⒱⒲⒳⒴⒵'],
  [0x8640, '㎜㎟㎝㎠㎤'], [0x8646, '㎡㎥㎞㎢㎎'], [0x864c, '㎏㏄㎖㎗ℓ㎘㎳㎲㎱㎰℉㏔㏋㎐㎅㎆㎇'],
  [0x869b, '№㏍℡'], [0x869f, '♤♧♡♢♠♣♥♦'], [0x86b3, '〠☎〄'], [0x86c7, '☞☜☝☟⇆⇄⇅'], [0x86cf, '⇨⇦⇧⇩'],
  [0x8740, '㈰㈪㈫㈬㈭㈮㈯㉀㈷㉂㉃㈹㈺㈱㈾㈴㈲㈻㈶㈳㈵㈼㈽㈿㈸'], [0x8793, '㊤㊥㊦㊧㊨㊩㊖㊝㊘㊞'],
  [0x879e, '㊙㍉㌢㍍㌔㌖㌅㌳㍎㌃㌶㌘㌕㌧㍑㍊㌹㍗㌍㍂㌣㌦㌻㌫'], [0x87bd, '㌀㌞㌪㌱㍇'],
  [0x87e5, '㍾㍽㍼㍻'], [0x87fa, '㍿'], [0x8840, '∮∟⊿'], [0x8854, '〝〟'], [0x8868, 'ゔ'], [0x886a, 'ヷヸヹヺ'],
  [0xeb51, '︳'], [0xeb5c, '︱'], [0xeb64, '︰'], [0xeb69, '︵︶︹︺'], [0xeb6f, '︷︸︿﹀︽︾﹁﹂﹃﹄︻︼'],
]

export const MAC_JAPANESE = doubleByte(() =>
  lettersFrom({
    base: 'shift_jis',
    leads: [
      [0xfa, 0xfc],
      [0x81, 0x84],
      [0x88, 0x9f],
      [0xe0, 0xea],
    ],
    trails: SHIFT_JIS,
    added: JAPANESE,
  }),
)
