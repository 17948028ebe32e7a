// @ts-check
// What only the system's package manager can install. Plain JavaScript for Node 18, so that it can be installed beside
// the packages.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

/** @typedef {import('../lib/vocabulary/sandboxes.ts').SandboxName} SandboxName */
/** @typedef {'debian' | 'fedora' | 'macos' | 'other'} System */
/**
 * @typedef Need
 * @property {string} what its name for users
 * @property {() => boolean} there
 * @property {boolean} [optional] Nightshift runs without it, with fewer features
 * @property {Partial<Record<System, readonly string[]>>} packages
 */

const LIBREOFFICE_HOMES = [
  '/usr/lib/libreoffice',
  '/usr/lib64/libreoffice',
  '/Applications/LibreOffice.app/Contents',
]
const LIBREOFFICE = ['libreoffice-writer', 'libreoffice-calc', 'libreoffice-impress', 'libreoffice-draw']
const SOUTH_ASIAN = [
  ...['arabic', 'devanagari', 'bengali', 'gurmukhi', 'gujarati', 'oriya', 'tamil', 'telugu', 'kannada'],
  ...['malayalam', 'sinhala', 'thai', 'lao', 'khmer', 'myanmar'],
]
const FONT_FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts', '/Library/Fonts']
const LIBRARY_FOLDERS = ['/usr/lib', '/usr/lib64', '/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu']

/**
 * Whether these parts of LibreOffice are installed: `sw` for texts, `sc` for sheets, `sd` for slides and drawings, `sm`
 * for equations.
 * @param {string[]} parts
 */
const libreOfficeHas = (...parts) =>
  parts.every(part =>
    LIBREOFFICE_HOMES.some(
      home =>
        existsSync(join(home, 'program', `lib${part}lo.so`)) ||
        existsSync(join(home, 'Frameworks', `lib${part}lo.dylib`)),
    ),
  )

/**
 * Debian's -nogui packages omit the descriptions of dialogs; a document that would open a dialog then crashes
 * LibreOffice.
 */
export const libreOfficeIsNogui = () =>
  existsSync('/usr/lib/libreoffice/program/libswlo.so') &&
  !existsSync('/usr/lib/libreoffice/share/config/soffice.cfg/modules/swriter/ui')

/**
 * The path of a program in the system's folders.
 * @param {string[]} names
 * @returns {string | undefined}
 */
export function programAt(...names) {
  const folders = ['/usr/bin', '/bin', '/usr/local/bin', '/opt/homebrew/bin', '/usr/sbin']
  return folders.flatMap(folder => names.map(name => join(folder, name))).find(path => existsSync(path))
}

/** @param {string} name */
const libraryIsThere = name => LIBRARY_FOLDERS.some(folder => existsSync(join(folder, name)))

/** @type {string[] | undefined} */
let fontFiles

/**
 * Checks that follow each other at once share one list, because it takes eight milliseconds.
 * @param {RegExp} pattern
 */
function fontIsThere(pattern) {
  if (!fontFiles) queueMicrotask(() => (fontFiles = undefined))
  fontFiles ??= FONT_FOLDERS.filter(folder => existsSync(folder)).flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }),
  )
  return fontFiles.some(file => pattern.test(file))
}

/**
 * @param {string} what
 * @param {RegExp} pattern
 * @param {Need['packages']} packages
 * @returns {Need}
 */
const font = (what, pattern, packages) => ({
  what,
  optional: true,
  there: () => fontIsThere(pattern),
  packages,
})

/**
 * The dependencies of a start. The fonts have the same widths as those that documents use, so that lines break at the
 * same places.
 * @type {readonly Need[]}
 */
export const NEEDS = [
  {
    what: 'LibreOffice',
    there: () => libreOfficeHas('sw', 'sc', 'sd'),
    packages: { debian: LIBREOFFICE, fedora: LIBREOFFICE, macos: ['libreoffice'] },
  },
  {
    what: 'the part of LibreOffice that draws equations',
    optional: true,
    there: () => libreOfficeHas('sm'),
    packages: { debian: ['libreoffice-math'], fedora: ['libreoffice-math'], macos: ['libreoffice'] },
  },
  {
    what: 'bubblewrap (the sandbox)',
    there: () => process.platform !== 'linux' || programAt('bwrap') !== undefined,
    packages: { debian: ['bubblewrap'], fedora: ['bubblewrap'] },
  },
  {
    what: 'poppler (reads PDF files)',
    there: () => programAt('pdfinfo') !== undefined,
    packages: { debian: ['poppler-utils'], fedora: ['poppler-utils'], macos: ['poppler'] },
  },
  {
    what: 'qpdf (changes PDF files)',
    there: () => programAt('qpdf') !== undefined,
    packages: { debian: ['qpdf'], fedora: ['qpdf'], macos: ['qpdf'] },
  },
  {
    what: 'jemalloc (halves LibreOffice’s memory)',
    optional: true,
    there: () => process.platform !== 'linux' || libraryIsThere('libjemalloc.so.2'),
    packages: { debian: ['libjemalloc2'], fedora: ['jemalloc'] },
  },
  {
    what: 'fontconfig',
    optional: true,
    there: () => process.platform !== 'linux' || programAt('fc-cache') !== undefined,
    packages: { debian: ['fontconfig'], fedora: ['fontconfig'] },
  },
  font('fonts for Arial, Times, Courier', /Liberation(Sans|Serif|Mono)?[-2]/, {
    debian: ['fonts-liberation'],
    fedora: ['liberation-fonts'],
    macos: ['font-liberation'],
  }),
  font('a font for Calibri', /Carlito/i, {
    debian: ['fonts-crosextra-carlito'],
    fedora: ['google-carlito-fonts'],
    macos: ['font-carlito'],
  }),
  font('a font for Cambria', /Caladea/i, {
    debian: ['fonts-crosextra-caladea'],
    fedora: ['google-crosextra-caladea-fonts'],
    macos: ['font-caladea'],
  }),
  font('fonts for Georgia, Palatino, Century Gothic, Bookman', /P052-Roman/, {
    debian: ['fonts-urw-base35'],
    fedora: ['urw-base35-fonts'],
  }),
  font('fonts for Malgun Gothic', /wqy-microhei/i, {
    debian: ['fonts-wqy-microhei', 'fonts-open-sans'],
    fedora: ['wqy-microhei-fonts', 'open-sans-fonts'],
  }),
  font('a font for Consolas', /Anonymous ?Pro/i, { debian: ['fonts-anonymous-pro'] }),
  font('DejaVu fonts', /DejaVuSans/, {
    debian: ['fonts-dejavu'],
    fedora: ['dejavu-sans-fonts', 'dejavu-serif-fonts'],
    macos: ['font-dejavu'],
  }),
  font('fonts for Chinese, Japanese, Korean', /Noto(Sans|Serif)CJK|PingFang|Hiragino/i, {
    debian: ['fonts-noto-cjk'],
    fedora: ['google-noto-sans-cjk-fonts'],
    macos: ['font-noto-sans-cjk'],
  }),
  // The Debian package takes 5 MB and has no Latin letters. fonts-noto-core takes 43 MB, and its Latin letters would
  // replace every missing font.
  font('fonts for Arabic, South and South-East Asia', /NotoSansDevanagari|Kohinoor/i, {
    debian: ['fonts-noto-ui-core'],
    fedora: SOUTH_ASIAN.map(script => `google-noto-sans-${script}-fonts`),
    macos: SOUTH_ASIAN.map(script => `font-noto-sans-${script}`),
  }),
  font('a font for emoji and symbols', /Symbola|NotoEmoji|Apple Color Emoji/i, {
    debian: ['fonts-symbola'],
    fedora: ['gdouros-symbola-fonts'],
    macos: ['font-noto-emoji'],
  }),
]

/**
 * The dependencies of a start with this setting: bubblewrap only where it is used, and not required for `auto`.
 * @param {'auto' | SandboxName} sandbox
 * @returns {Need[]}
 */
export const needsFor = sandbox =>
  NEEDS.flatMap(need => {
    if (need.packages.debian?.[0] !== 'bubblewrap' || sandbox === 'bwrap') return [need]
    return sandbox === 'auto' ? [{ ...need, optional: true }] : []
  })

/**
 * The further dependencies of the tests.
 * @type {readonly Need[]}
 */
export const TEST_NEEDS = [
  {
    what: 'Chromium',
    there: () => programAt('chromium', 'chromium-browser', 'google-chrome') !== undefined,
    packages: { debian: ['chromium'], fedora: ['chromium'], macos: ['chromium'] },
  },
  {
    what: 'curl (runs the command that a page shows)',
    there: () => programAt('curl') !== undefined,
    packages: { debian: ['curl'], fedora: ['curl'] },
  },
]

/**
 * The packages of these needs, without duplicates.
 * @param {readonly Need[]} needs
 * @param {System} system
 * @returns {string[]}
 */
export function packagesFor(needs, system) {
  return [...new Set(needs.flatMap(need => need.packages[system] ?? []))]
}
