import type { StandIn } from '../stand-ins.ts'
import type { Spacing } from './spacing-font.ts'

type Region = 'JP' | 'KR' | 'SC' | 'TC'

/** Letters and digits have the stand-in's own width, which is nearest to that of the originals. */
const sans = (region: Region, names: string): StandIn => ({
  names: names.split(', '),
  fonts: [`Noto Sans CJK ${region}`],
})

const serif = (region: Region, names: string): StandIn => ({
  names: names.split(', '),
  fonts: [`Noto Serif CJK ${region}`],
})

/** Two letters or digits are as wide as one character of the script. */
const halfWidthSans = (region: Region, names: string, equivalent?: string): StandIn => ({
  names: names.split(', '),
  fonts: [...(equivalent ? [equivalent] : []), `Noto Sans Mono CJK ${region}`],
})

/** The same as a serif font: no free font of a start's packages has both, so letters have another style. */
const halfWidthSerif = (region: Region, names: string, equivalent: string): StandIn => ({
  names: names.split(', '),
  fonts: [equivalent, `Noto Sans Mono CJK ${region}`],
  asian: [equivalent, `Noto Serif CJK ${region}`],
})

export const MALGUN_NAMES = ['Malgun Gothic', '맑은 고딕', 'Malgun Gothic Semilight', '맑은 고딕 Semilight']
/** Malgun Gothic as Word lays it out. */
export const MALGUN_OF_WORD = 'Malgun Gothic of Word'
/** In Noto Sans CJK it is narrower by 8 %. */
const SQUARE_HANGUL = 'WenQuanYi Micro Hei'
/** Measured in PDFs of Word and PowerPoint: spaces of Malgun Gothic are wider than in any free font with Hangul. */
const MALGUN_SPACING: Spacing = { family: 'Malgun Spacing', blank: 352, ascent: 1088, descent: 242 }
/** For a Chinese, Japanese or Korean font, Word uses 1.3 times the font's line height. */
const MALGUN_SPACING_OF_WORD: Spacing = {
  family: 'Malgun Spacing of Word',
  blank: 352,
  ascent: 1414,
  descent: 315,
}
/** Fonts that exist on no machine. */
export const SPACINGS = [MALGUN_SPACING, MALGUN_SPACING_OF_WORD]
const MEIRYO = 'Meiryo, メイリオ, Meiryo UI'

/** By their English and their native names: a document may use either. */
export const ASIAN: readonly StandIn[] = [
  {
    // Measured in PDFs of Word and PowerPoint: Hangul fills the square, digits are 0.551 of it. WenQuanYi has the same
    // widths, but neither the line height nor the spaces.
    names: MALGUN_NAMES,
    fonts: [SQUARE_HANGUL, 'Noto Sans CJK KR'],
    asian: [MALGUN_SPACING.family, SQUARE_HANGUL, 'Noto Sans CJK KR'],
  },
  {
    // For letters and digits too, because in a table row they stand beside Hangul.
    names: [MALGUN_OF_WORD],
    fonts: [...MALGUN_NAMES, MALGUN_SPACING_OF_WORD.family, SQUARE_HANGUL, 'Noto Sans CJK KR'],
  },
  {
    names: ['Gulim', '굴림', 'Dotum', '돋움', 'New Gulim', '새굴림'],
    fonts: [SQUARE_HANGUL, 'Noto Sans CJK KR'],
  },
  sans('KR', 'NanumGothic, 나눔고딕, Apple SD Gothic Neo'),
  sans('KR', 'HCR Dotum, 함초롬돋움, HYHeadLine-Medium, HY헤드라인M, HYGothic-Medium, HY중고딕, KoPub돋움체'),
  serif('KR', 'Batang, 바탕, Gungsuh, 궁서, NanumMyeongjo, 나눔명조, HCR Batang, 함초롬바탕, HY신명조'),
  halfWidthSans('KR', 'GulimChe, 굴림체, DotumChe, 돋움체'),
  halfWidthSerif('KR', 'BatangChe, 바탕체, GungsuhChe, 궁서체', 'UnBatang'),
  halfWidthSans('JP', 'MS Gothic, ＭＳ ゴシック, MSゴシック', 'IPAGothic'),
  halfWidthSerif('JP', 'MS Mincho, ＭＳ 明朝, MS明朝', 'IPAMincho'),
  sans('JP', 'MS PGothic, ＭＳ Ｐゴシック, MS UI Gothic, HGｺﾞｼｯｸE, HGPｺﾞｼｯｸE, HGSｺﾞｼｯｸE'),
  sans('JP', 'Yu Gothic, 游ゴシック, Yu Gothic UI, Yu Gothic Light, 游ゴシック Light, Yu Gothic Medium'),
  sans(
    'JP',
    'Hiragino Sans, Hiragino Kaku Gothic ProN, ヒラギノ角ゴ ProN W3, BIZ UDPGothic, BIZ UDPゴシック',
  ),
  sans('JP', 'HG丸ｺﾞｼｯｸM-PRO, HG創英角ｺﾞｼｯｸUB, HGP創英角ｺﾞｼｯｸUB, HGS創英角ｺﾞｼｯｸUB, UD デジタル 教科書体 NP-R'),
  serif('JP', 'MS PMincho, ＭＳ Ｐ明朝, Yu Mincho, 游明朝, Yu Mincho Light, Yu Mincho Demibold'),
  serif(
    'JP',
    'Hiragino Mincho ProN, ヒラギノ明朝 ProN W3, BIZ UDPMincho, BIZ UDP明朝, HG明朝E, HG正楷書体-PRO',
  ),
  {
    // Its letters are modelled on those of Verdana.
    names: MEIRYO.split(', '),
    fonts: ['DejaVu Sans', 'Noto Sans CJK JP'],
    asian: ['Noto Sans CJK JP'],
  },
  sans('SC', 'Microsoft YaHei, 微软雅黑, Microsoft YaHei UI, Microsoft YaHei Light, 微软雅黑 Light'),
  sans('SC', 'DengXian, 等线, DengXian Light, 等线 Light, PingFang SC, 苹方-简, STXihei, 华文细黑, STHeiti'),
  sans('SC', 'YouYuan, 幼圆, Source Han Sans SC, Source Han Sans CN, 思源黑体, 思源黑体 CN'),
  serif('SC', 'STSong, 华文宋体, STZhongsong, 华文中宋, Source Han Serif SC, 思源宋体, 方正小标宋简体'),
  halfWidthSans('SC', 'SimHei, 黑体'),
  halfWidthSerif('SC', 'SimSun, 宋体, NSimSun, 新宋体, SimSun-ExtB', 'AR PL UMing CN'),
  halfWidthSerif(
    'SC',
    'FangSong, 仿宋, FangSong_GB2312, 仿宋_GB2312, STFangsong, 华文仿宋',
    'AR PL UMing CN',
  ),
  halfWidthSerif('SC', 'KaiTi, 楷体, KaiTi_GB2312, 楷体_GB2312, STKaiti, 华文楷体', 'AR PL UKai CN'),
  sans('TC', 'Microsoft JhengHei, 微軟正黑體, Microsoft JhengHei UI, Microsoft JhengHei Light, PingFang TC'),
  serif('TC', 'PMingLiU, 新細明體, PMingLiU-ExtB, 新細明體-ExtB'),
  halfWidthSerif('TC', 'MingLiU, 細明體, MingLiU-ExtB, 細明體-ExtB', 'AR PL UMing TW'),
  halfWidthSerif('TC', 'DFKai-SB, 標楷體, BiauKai', 'AR PL UKai TW'),
]
