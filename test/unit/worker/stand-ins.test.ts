import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fontconfigRules, STAND_INS } from '#worker/stand-ins.ts'

describe('stand-ins', () => {
  it('are given once for each name, and never the font itself', () => {
    const names = STAND_INS.flatMap(standIn => standIn.names)
    assert.deepEqual(
      names.filter((name, at) => names.indexOf(name) !== at),
      [],
    )
    for (const { names, fonts, asian = [] } of STAND_INS)
      assert.deepEqual(
        names.filter(name => [...fonts, ...asian].includes(name)),
        [],
      )
  })

  it('come behind the font itself, in the order in which they are named', () => {
    assert.ok(
      fontconfigRules([{ names: ['Georgia'], fonts: ['Gelasio', 'P052'] }]).includes(
        '<test qual="first" name="family"><string>Georgia</string></test><edit name="family" mode="append" binding="same"><string>Gelasio</string><string>P052</string></edit>',
      ),
    )
  })

  it('are others for Asian text where a font says so: the rule that comes last counts first', () => {
    const rules = fontconfigRules([{ names: ['SimSun'], fonts: ['Narrow'], asian: ['Book'] }])
    assert.ok(rules.indexOf('<string>zh</string>') > rules.indexOf('<string>Narrow</string>'))
  })
})
