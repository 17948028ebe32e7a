import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { MachineFont, Match } from '#worker/report/fonts.ts'
import { replacedFonts } from '#worker/report/replaced-fonts.ts'

const font = (family: string): MachineFont => ({ family, postscript: family.replaceAll(' ', '') })
const there = (family: string): [string, Match] => [family, { isInstalled: true, fonts: [font(family)] }]
const lacking = (name: string, ...families: string[]): [string, Match] => [
  name,
  { isInstalled: false, fonts: families.map(font) },
]
const MACHINE = new Map([
  there('Open Sans'),
  lacking('Calibri', 'Carlito'),
  lacking('Gotham', 'DejaVu Sans'),
  lacking('Verdana', 'DejaVu Sans'),
  lacking('Wingdings', 'DejaVu Sans'),
  lacking('MS Mincho', 'Noto Serif CJK JP', 'Noto Serif CJK SC'),
  lacking('serif', 'DejaVu Serif'),
  lacking('sans-serif', 'DejaVu Sans'),
])
const replaced = (named: string[][], drawn?: string[]) =>
  replacedFonts(named, MACHINE, drawn && new Set(drawn)).map(
    ({ name, replacedBy, metric, package: debian }) => [name, replacedBy, metric, debian],
  )

describe('replaced fonts', () => {
  it('are told with their replacement, and whether widths stay', () => {
    assert.deepEqual(replaced([['Calibri'], ['Gotham'], ['Open Sans']]), [
      ['Calibri', 'Carlito', true, null],
      ['Gotham', 'DejaVu Sans', false, null],
    ])
    // This one has a stand-in of its own, and is named without being used.
    assert.deepEqual(replaced([['Calibri']], ['dejavuserif']), [])
  })

  it('are told with the Debian package where one helps', () => {
    assert.deepEqual(replaced([['Verdana'], ['MS Mincho']]), [
      ['Verdana', 'DejaVu Sans', false, 'ttf-mscorefonts-installer'],
      ['MS Mincho', 'Noto Serif CJK JP', false, null],
    ])
    const bare = new Map([lacking('MS Mincho', 'DejaVu Sans')])
    assert.equal(replacedFonts([['MS Mincho']], bare, undefined)[0]?.package, 'fonts-noto-cjk')
  })

  it('are none of the fonts that the document names and nothing in the result is drawn with', () => {
    assert.deepEqual(replaced([['Calibri'], ['Gotham']], ['carlito']), [['Calibri', 'Carlito', true, null]])
    assert.deepEqual(replaced([['MS Mincho']], ['notoserifcjk']), [
      ['MS Mincho', 'Noto Serif CJK JP', false, null],
    ])
    assert.deepEqual(replaced([['MS Mincho']], ['notosanscjk']), [])
  })

  it('are told by the name that LibreOffice gives to a font in a PDF', () => {
    const p052 = { family: 'P052', postscript: 'P052-Roman' }
    const machine = new Map([['Georgia', { isInstalled: false, fonts: [p052] }]])
    assert.equal(replacedFonts([['Georgia']], machine, new Set(['p052roman']))[0]?.replacedBy, 'P052')
  })

  it('are drawn with a font of their kind where LibreOffice asked for one', () => {
    assert.deepEqual(replaced([['Gotham']], ['dejavuserif']), [['Gotham', 'DejaVu Serif', false, null]])
    assert.deepEqual(replaced([['Gotham']], ['dejavusans', 'dejavuserif']), [
      ['Gotham', 'DejaVu Sans', false, null],
    ])
  })

  it('are none that the document brought along', () => {
    assert.deepEqual(replaced([['Gotham']], ['gotham', 'dejavusans']), [])
  })

  it('follow the author’s own second choice, and LibreOffice’s own symbols', () => {
    assert.deepEqual(replaced([['Gotham', 'Open Sans']]), [['Gotham', 'Open Sans', false, null]])
    assert.deepEqual(replaced([['Wingdings']], ['opensymbol', 'dejavusans']), [
      ['Wingdings', 'OpenSymbol', false, null],
    ])
  })

  it('are told once however often they are named', () => {
    assert.equal(replaced([['Gotham'], ['GOTHAM'], ['Gotham', 'Nowhere']]).length, 1)
  })
})
