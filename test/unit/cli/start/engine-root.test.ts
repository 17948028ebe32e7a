import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { aboutTree, ensureEngineRoot } from '#cli/start/engine-root.ts'
import { ConfigError } from '#lib/config.ts'

const core = { name: 'libreoffice-core', version: '4:7.4.7-1', sha256: '' }
const record = { kind: 'k', madeAt: '2026-11-29T00:00:00.000Z', packages: [core], deviations: [] }
const steps = {
  print() {},
  async run() {
    assert.fail('nothing is to be made')
  },
}

describe('the engine’s root', () => {
  let tree = ''
  const ensure = (engineRoot: string) => ensureEngineRoot(steps, { engineRoot, sandbox: 'bwrap' })
  before(() => {
    tree = mkdtempSync(join(tmpdir(), 'tree-'))
    writeFileSync(join(tree, 'tree.json'), JSON.stringify(record))
  })
  after(() => rmSync(tree, { recursive: true }))

  it('is a finished tree that was named', async () => {
    assert.equal(await ensure(tree), tree)
  })

  it('that is no finished tree is refused with what to do', async () => {
    await assert.rejects(
      ensure('/nowhere'),
      (error: Error) => error instanceof ConfigError && /nightshift engine/.test(error.message),
    )
  })

  it('is described by its version and by how it differs from the list', () => {
    const about = (deviations: string[] | null) => aboutTree({ ...record, path: tree, deviations })
    assert.equal(about([]), 'LibreOffice 7.4.7-1, 1 packages, all as listed')
    assert.match(about(['a', 'b']), /2 in the mirror’s own versions$/)
    assert.match(about(null), /, the mirror’s own versions$/)
  })
})
