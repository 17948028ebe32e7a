import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import { colourFont, OWN_FONT } from '#test/documents/font.ts'
import { whyNo } from '#test/why-no-program.ts'
import { drawsColour, hideColourFonts } from '#worker/engines/colour-fonts.ts'
import { FONT_RULES_FILE, openFontRules } from '#worker/sandbox/font-rules.ts'

/** The fonts in colour that fontconfig knows, of which one has no emoji. */
async function listed(name?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-font-rules-'))
  await mkdir(join(folder, 'fonts'))
  await writeFile(join(folder, 'fonts/own.ttf'), await colourFont())
  const rules = await openFontRules(folder, { rules: '<include>/etc/fonts/fonts.conf</include>' })
  if (name) await hideColourFonts({ scratchDir: folder, name })
  const env = { ...process.env, XDG_DATA_HOME: folder, FONTCONFIG_FILE: join(rules, FONT_RULES_FILE) }
  const { stdout } = await promisify(execFile)('fc-list', [':color=true', 'family'], { env })
  await rm(folder, { recursive: true })
  return stdout
}

describe('fonts in colour', () => {
  it('are hidden where LibreOffice would draw nothing in their place', {
    skip: whyNo('fc-match'),
  }, async () => {
    assert.ok((await listed()).includes(OWN_FONT))
    assert.equal(await listed('LibreOffice 7.4.7.2'), '')
    assert.equal(await listed('LibreOffice'), '')
    assert.ok(!(await listed('LibreOffice 25.2.3.2')).includes(OWN_FONT))
  })

  it('are drawn from LibreOffice 7.5 on', () => {
    assert.deepEqual(
      ['LibreOffice', 'LibreOffice 7.4.7.2', 'LibreOffice 7.5.0.3', 'LibreOffice 25.2.3.2'].map(drawsColour),
      [false, false, true, true],
    )
  })
})
