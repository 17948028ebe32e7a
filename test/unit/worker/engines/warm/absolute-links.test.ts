import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { restoreAbsoluteLinks } from '#worker/engines/warm/absolute-links.ts'

describe('links that climb out of all folders', () => {
  it('are absolute again, in as many bytes, wherever they stand in the file', async t => {
    const folder = await mkdtemp(join(tmpdir(), 'nightshift-links-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    const path = join(folder, 'a.pdf')
    const link = (target: string) => `<</URI(${target})>>`
    const climbing = link('../../../../etc/x')
    const near = link('../../../up.odt')
    // One lies across the border of what is read at once.
    const content =
      climbing + near + 'x'.repeat(1024 * 1024 - climbing.length - near.length - 10) + climbing + near
    await writeFile(path, content)
    await restoreAbsoluteLinks(path, 4)
    const restored = await readFile(path, 'latin1')
    assert.equal(restored.length, content.length)
    assert.deepEqual(
      [...restored.matchAll(/<<\/URI *\(([^)]*)\)>>/g)].map(([, target]) => target),
      ['file:///etc/x', '../../../up.odt', 'file:///etc/x', '../../../up.odt'],
    )
  })
})
