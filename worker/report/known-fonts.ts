/** Known fonts by name: which have the same widths, and which Debian package contains one or its equivalent. */

/** The fonts of one line have the same widths: replacing one by another moves nothing. */
const METRIC_EQUIVALENTS: readonly (readonly string[])[] = [
  ['Arial', 'Helvetica', 'Albany', 'Liberation Sans', 'Arimo', 'Nimbus Sans', 'TeX Gyre Heros'],
  ['Arial Narrow', 'Liberation Sans Narrow'],
  ['Times New Roman', 'Times', 'Thorndale', 'Liberation Serif', 'Tinos', 'Nimbus Roman', 'TeX Gyre Termes'],
  ['Courier New', 'Courier', 'Cumberland', 'Liberation Mono', 'Cousine', 'Nimbus Mono PS', 'TeX Gyre Cursor'],
  ['Calibri', 'Carlito'],
  ['Cambria', 'Caladea'],
  ['Georgia', 'Gelasio'],
  ['Comic Sans MS', 'Comic Relief'],
  ['Palatino', 'Book Antiqua', 'P052', 'TeX Gyre Pagella'],
  ['Century Schoolbook', 'New Century Schoolbook', 'C059', 'TeX Gyre Schola'],
  ['Bookman', 'ITC Bookman', 'Bookman Old Style', 'URW Bookman', 'TeX Gyre Bonum'],
  ['Avant Garde', 'ITC Avant Garde Gothic', 'Century Gothic', 'URW Gothic', 'TeX Gyre Adventor'],
  // LibreOffice’s own symbols, by their old name.
  ['StarSymbol', 'OpenSymbol'],
  ['Zapf Chancery', 'ITC Zapf Chancery', 'Monotype Corsiva', 'Z003', 'TeX Gyre Chorus'],
]

/** Font names as in documents; the package contains the font itself, one of the same widths, or at least its script. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'fonts-crosextra-carlito': ['Calibri', 'Carlito'],
  'fonts-crosextra-caladea': ['Cambria', 'Caladea'],
  'fonts-liberation': [
    ...['Arial', 'Helvetica', 'Arial Narrow', 'Times New Roman', 'Times', 'Courier New', 'Courier'],
    ...['Liberation Sans', 'Liberation Sans Narrow', 'Liberation Serif', 'Liberation Mono'],
  ],
  'ttf-mscorefonts-installer': [
    ...['Andale Mono', 'Arial Black', 'Comic Sans MS', 'Georgia', 'Impact', 'Trebuchet MS', 'Verdana'],
    'Webdings',
  ],
  'fonts-urw-base35': [
    ...['Palatino', 'Century Schoolbook', 'New Century Schoolbook', 'Bookman', 'ITC Bookman', 'Avant Garde'],
    ...['ITC Avant Garde Gothic', 'Zapf Chancery', 'ITC Zapf Chancery', 'Palatino Linotype', 'Book Antiqua'],
    ...['Bookman Old Style', 'Century Gothic', 'Century', 'Monotype Corsiva'],
  ],
  'fonts-anonymous-pro': ['Consolas', 'Anonymous Pro'],
  'fonts-dejavu': ['DejaVu Sans', 'DejaVu Serif', 'DejaVu Sans Mono', 'Bitstream Vera Sans'],
  'fonts-croscore': ['Arimo', 'Tinos', 'Cousine'],
  'fonts-texgyre': ['TeX Gyre Heros', 'TeX Gyre Termes', 'TeX Gyre Pagella', 'TeX Gyre Schola'],
  'fonts-opensymbol': ['OpenSymbol'],
  'fonts-noto-core': ['Noto Sans', 'Noto Serif'],
  'fonts-noto-mono': ['Noto Mono', 'Noto Sans Mono'],
  'fonts-noto-color-emoji': ['Noto Color Emoji', 'Segoe UI Emoji', 'Apple Color Emoji'],
  'fonts-roboto': ['Roboto', 'Roboto Condensed'],
  'fonts-open-sans': ['Open Sans'],
  'fonts-lato': ['Lato'],
  'fonts-inter': ['Inter'],
  'fonts-cantarell': ['Cantarell'],
  'fonts-ebgaramond': ['EB Garamond'],
  'fonts-linuxlibertine': ['Linux Libertine', 'Linux Libertine G', 'Linux Biolinum', 'Linux Biolinum G'],
  'fonts-paratype': ['PT Sans', 'PT Serif', 'PT Mono'],
  'fonts-hack': ['Hack'],
  'fonts-firacode': ['Fira Code'],
  'fonts-jetbrains-mono': ['JetBrains Mono'],
  'fonts-comic-neue': ['Comic Neue'],
  'fonts-quicksand': ['Quicksand'],
  'fonts-sil-gentiumplus': ['Gentium Plus', 'Gentium'],
}

const ASIAN =
  /[\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]|^(ms p?(gothic|mincho)|ms ui gothic|yu (gothic|mincho)|meiryo|hg|hiragino|osaka|n?sim(sun|hei)|(st)?(kaiti|fangsong|heiti|song|xihei)|microsoft (yahei|jhenghei)|dengxian|p?mingliu|dfkai|biaukai|pingfang|malgun|batang|gulim|dotum|gungsuh|nanum|apple sd|source han|noto (sans|serif) (mono )?cjk|takao|ipa|wenquanyi)/i

const equivalentsByName = new Map(
  METRIC_EQUIVALENTS.flatMap((equivalents, line) => equivalents.map(name => [plain(name), line] as const)),
)
const packageByName = new Map(
  Object.entries(PACKAGES).flatMap(([name, fonts]) => fonts.map(font => [plain(font), name] as const)),
)

/** A name without differences between writers: case, spaces, hyphens. */
export function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** Whether two fonts have the same widths. */
export function haveSameWidths(one: string, other: string): boolean {
  const line = equivalentsByName.get(plain(one))
  return line !== undefined && line === equivalentsByName.get(plain(other))
}

/** Whether a font is made for Chinese, Japanese or Korean, judging by its name. */
export function isAsian(name: string): boolean {
  return ASIAN.test(name)
}

/** The Debian package with the font, one of the same widths or at least its script; null where none is known. */
export function packageOf(name: string): string | null {
  return packageByName.get(plain(name)) ?? (isAsian(name) ? 'fonts-noto-cjk' : null)
}
