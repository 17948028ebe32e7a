import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { commandFor } from '#cli/start/system.ts'
import { NEEDS, needsFor, packagesFor } from '../../../../bin/needs.js'

describe('the one command that brings what is missing', () => {
  it('is apt-get on Debian and Ubuntu, with the full LibreOffice', () => {
    const command = commandFor(NEEDS, 'debian')
    assert.match(command, /^sudo apt-get update && sudo apt-get install -y --no-install-recommends /)
    for (const name of ['writer', 'calc', 'impress', 'draw'])
      assert.match(command, new RegExp(` libreoffice-${name} `))
    assert.doesNotMatch(command, /nogui/)
  })

  it('is dnf on Fedora and brew on macOS', () => {
    assert.match(commandFor(NEEDS, 'fedora'), /^sudo dnf install -y libreoffice-writer /)
    assert.match(
      commandFor(NEEDS, 'macos'),
      /^brew install --cask libreoffice .* && brew install poppler qpdf$/,
    )
  })

  it('names each package once and only what is missing', () => {
    const two = NEEDS.filter(need => /bubblewrap|poppler/.test(need.what))
    assert.deepEqual(packagesFor([...two, ...two], 'debian'), ['bubblewrap', 'poppler-utils'])
  })

  it('asks for no sandbox where it is switched off', () => {
    const bubblewrap = (setting: 'auto' | 'bwrap' | 'landlock' | 'off') =>
      needsFor(setting).filter(need => need.packages.debian?.includes('bubblewrap'))
    assert.equal(needsFor('bwrap').length, NEEDS.length)
    assert.ok(!bubblewrap('bwrap')[0]?.optional)
    assert.ok(bubblewrap('auto')[0]?.optional, 'Landlock may take its place')
    for (const setting of ['landlock', 'off'] as const) assert.deepEqual(bubblewrap(setting), [])
  })
})
