import type { StandIn } from '../stand-ins.ts'

const standIn = (names: string, fonts: string, more: Pick<StandIn, 'weight'> = {}): StandIn => ({
  names: names.split(', '),
  fonts: fonts.split(', '),
  ...more,
})

const PALATINO = 'Palatino Linotype, Book Antiqua, Palatino'
const SERIFS =
  'Baskerville Old Face, Bell MT, Californian FB, Goudy Old Style, Minion Pro, Perpetua, Sitka, Sitka Text'

/**
 * For Latin, Greek and Cyrillic letters, by the widths of letters in English text and of digits, then by style. Fonts
 * with equal widths come first, then those in Debian packages, then those that a start installs.
 */
export const LATIN: readonly StandIn[] = [
  standIn('Arial, Arial MT, ArialMT, Arial Unicode MS, Helvetica, Helvetica Neue, Swiss', 'Liberation Sans'),
  standIn('Times New Roman, Times New Roman PS, Times, Times Roman, CG Times', 'Liberation Serif'),
  standIn('Courier New, Courier', 'Liberation Mono'),
  standIn('Arial Narrow', 'Liberation Sans Narrow'),
  standIn('Calibri, Calibri Light', 'Carlito'),
  standIn('Cambria, Cambria Math', 'Caladea'),
  standIn('Segoe UI, Segoe UI Light, Segoe UI Semilight', 'Selawik, Noto Sans Display, Liberation Sans'),
  standIn('Segoe UI Semibold, Segoe UI Black', 'Selawik, Noto Sans Display, Liberation Sans', {
    weight: 'bold',
  }),
  standIn(
    'Aptos, Aptos Display, Aptos Light, Tahoma, Microsoft Sans Serif, MS Sans Serif',
    'Liberation Sans',
  ),
  standIn('Aptos SemiBold, Aptos ExtraBold, Aptos Black', 'Liberation Sans', { weight: 'bold' }),
  standIn('Aptos Narrow', 'Carlito'),
  standIn('Aptos Serif', 'Liberation Serif'),
  standIn('Aptos Mono', 'Liberation Mono'),
  standIn('Candara, Corbel, Optima, Tw Cen MT', 'Carlito'),
  standIn('Constantia', 'Caladea'),
  standIn('Consolas', 'Anonymous Pro, Inconsolata, Liberation Mono'),
  standIn('Verdana', 'DejaVu Sans'),
  standIn('Lucida Sans Unicode, Lucida Sans, Lucida Grande', 'DejaVu Sans'),
  standIn('Lucida Console, Andale Mono, Menlo', 'DejaVu Sans Mono, Liberation Mono'),
  standIn('Trebuchet MS', 'DejaVu Sans Condensed'),
  standIn('Georgia', 'Gelasio, P052, TeX Gyre Pagella, DejaVu Serif Condensed'),
  standIn('Garamond, Adobe Garamond Pro, Garamond Premier Pro', 'EB Garamond, Liberation Serif'),
  standIn(SERIFS, 'Liberation Serif'),
  standIn(PALATINO, 'P052, TeX Gyre Pagella, DejaVu Serif Condensed'),
  standIn('Bookman Old Style, Bookman', 'URW Bookman, TeX Gyre Bonum, DejaVu Serif'),
  standIn(
    'Century Schoolbook, New Century Schoolbook, Century',
    'C059, TeX Gyre Schola, DejaVu Serif Condensed',
  ),
  standIn('Century Gothic, Avant Garde', 'URW Gothic, TeX Gyre Adventor, DejaVu Sans'),
  standIn('Monotype Corsiva, Zapf Chancery', 'Z003, TeX Gyre Chorus, Liberation Serif'),
  standIn('Franklin Gothic, Franklin Gothic Book, Franklin Gothic Medium', 'Libre Franklin, Liberation Sans'),
  standIn('Gill Sans MT, Gill Sans', 'Gillius ADF, Carlito'),
  standIn('Rockwell', 'Roboto Slab, DejaVu Serif Condensed'),
  standIn('Comic Sans MS', 'Comic Relief, Comic Neue, DejaVu Sans Condensed'),
  standIn('Arial Black', 'DejaVu Sans', { weight: 'bold' }),
  standIn('Impact, Haettenschweiler', 'Liberation Sans Narrow', { weight: 'bold' }),
]
