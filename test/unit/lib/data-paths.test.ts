import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { dataPathsOf, isClosed } from '#lib/data-paths.ts'

describe('the places of a DATA_DIR', () => {
  const top = mkdtempSync(join(tmpdir(), 'places-'))
  const dataDir = join(top, 'inner', 'data')
  before(() => mkdirSync(dataDir, { recursive: true, mode: 0o755 }))
  after(() => rmSync(top, { recursive: true }))
  const setTop = (mode: number) => chmodSync(top, mode)

  it('are all inside when every folder above may be passed through', () => {
    setTop(0o711)
    assert.equal(isClosed(dataDir), false)
    const paths = dataPathsOf(dataDir, true)
    assert.equal(paths.outside, false)
    assert.equal(paths.database, join(dataDir, 'database'))
    assert.equal(paths.slots, join(dataDir, 'slots'))
  })

  it('leave a closed home as root: database and slots, never the secrets', () => {
    setTop(0o700)
    const paths = dataPathsOf(dataDir, true)
    assert.match(paths.database, /^\/var\/lib\/nightshift\/[0-9a-f]{16}\/database$/)
    assert.match(paths.slots, /^\/var\/lib\/nightshift\/[0-9a-f]{16}\/slots$/)
    assert.equal(paths.secrets, join(dataDir, 'secrets.json'))
    assert.notEqual(dataPathsOf(join(dataDir, 'other'), true).open, paths.open)
  })

  it('stay inside for an ordinary user, who can enter what is their own', () => {
    setTop(0o700)
    assert.equal(dataPathsOf(dataDir, false).outside, false)
  })

  it('are judged before the folder is there', () => {
    setTop(0o711)
    assert.equal(isClosed(join(dataDir, 'not', 'yet')), false)
    setTop(0o700)
    assert.equal(isClosed(join(dataDir, 'not', 'yet')), true)
  })
})
