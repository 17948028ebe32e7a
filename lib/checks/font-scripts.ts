/** A script or kind of characters, with a character that every font for it has. */
export interface FontScript {
  name: string
  sample: string
  /** The package of Debian that brings a font for it. */
  package: string
}

export const FONT_SCRIPTS: readonly FontScript[] = [
  { name: 'Latin', sample: 'ß', package: 'fonts-liberation' },
  { name: 'Greek', sample: 'Ω', package: 'fonts-liberation' },
  { name: 'Cyrillic', sample: 'Ж', package: 'fonts-liberation' },
  { name: 'Arabic', sample: 'ع', package: 'fonts-noto-ui-core' },
  { name: 'Hebrew', sample: 'א', package: 'fonts-noto-ui-core' },
  { name: 'Devanagari', sample: 'क', package: 'fonts-noto-ui-core' },
  { name: 'Bengali', sample: 'ক', package: 'fonts-noto-ui-core' },
  { name: 'Tamil', sample: 'க', package: 'fonts-noto-ui-core' },
  { name: 'Thai', sample: 'ก', package: 'fonts-noto-ui-core' },
  { name: 'Chinese', sample: '汉', package: 'fonts-noto-cjk' },
  { name: 'Japanese', sample: 'あ', package: 'fonts-noto-cjk' },
  { name: 'Korean', sample: '한', package: 'fonts-noto-cjk' },
  { name: 'emoji', sample: '😀', package: 'fonts-symbola' },
  { name: 'mathematical symbols', sample: '∑', package: 'fonts-dejavu' },
]
