import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { restoreLinks } from '#worker/engines/warm/pdf-links.ts'

describe('links to files in a PDF', () => {
  it('are absolute again or have their query again, in as many bytes, wherever they stand', async t => {
    const folder = await mkdtemp(join(tmpdir(), 'nightshift-links-'))
    t.after(() => rm(folder, { recursive: true, force: true }))
    const path = join(folder, 'a.pdf')
    const link = (target: string) => `<</URI(${target})>>`
    const climbing = link('../../../../etc/x')
    const written = ['../../../up.odt', 'show.aspx%3Fid=7&v=\\)%3F', 'a.html#%3F', 'https://a.example/%3F']
    const near = written.map(link).join('')
    // One lies across the border of what is read at once.
    const content =
      climbing + near + 'x'.repeat(1024 * 1024 - climbing.length - near.length - 10) + climbing + near
    await writeFile(path, content)
    await restoreLinks(path, 4)
    const links = ['file:///etc/x', ...written.with(1, 'show.aspx?id=7&v=\\)%3F')]
    const restored = await readFile(path, 'latin1')
    assert.equal(restored.length, content.length)
    assert.deepEqual(
      [...restored.matchAll(/<<\/URI *\((.*?)\)>>/g)].map(([, target]) => target),
      [...links, ...links],
    )
  })
})
