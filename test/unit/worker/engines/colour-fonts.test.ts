import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { hideColourFonts } from '#worker/engines/colour-fonts.ts'
import { openFontRules } from '#worker/sandbox/font-rules.ts'

describe('fonts in colour', () => {
  it('are hidden from a LibreOffice that draws none, and from one whose version nobody knows', async () => {
    for (const [name, isHidden] of [
      ['LibreOffice 7.4.7.2', true],
      ['LibreOffice', true],
      ['LibreOffice 7.5.0.3', false],
      ['LibreOffice 25.2.3.2', false],
    ] as const) {
      const workshop = await mkdtemp(join(tmpdir(), 'nightshift-font-rules-'))
      const folder = await openFontRules(workshop, { rules: '' })
      await hideColourFonts({ workshop, name })
      const rule = await readFile(join(folder, 'conf.d/60-colour-fonts.conf'), 'utf8').catch(() => '')
      assert.equal(rule.includes('<rejectfont>'), isHidden, name)
      await rm(workshop, { recursive: true })
    }
  })
})
