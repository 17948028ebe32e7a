import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { findOffice } from '#worker/sandbox/office-installation.ts'
import { findTools } from '#worker/sandbox/tools.ts'

describe('a tree', () => {
  let tree = ''
  const write = (name: string) => {
    mkdirSync(dirname(join(tree, name)), { recursive: true })
    writeFileSync(join(tree, name), '', { mode: 0o755 })
  }
  before(() => {
    tree = mkdtempSync(join(tmpdir(), 'tree-'))
    for (const name of ['soffice.bin', 'libavmediagst.so', 'libswlo.so'])
      write(`usr/lib/libreoffice/program/${name}`)
    for (const name of ['lib/x86_64-linux-gnu/libjemalloc.so.2', 'bin/bwrap', 'bin/prlimit'])
      write(`usr/${name}`)
  })
  after(() => rmSync(tree, { recursive: true }))

  it('has its LibreOffice by the paths that the sandbox shows', async () => {
    assert.deepEqual(await findOffice(tree), {
      binary: '/usr/lib/libreoffice/program/soffice.bin',
      file: join(tree, 'usr/lib/libreoffice/program/soffice.bin'),
      root: '/usr/lib/libreoffice',
      environment: { SAL_USE_VCLPLUGIN: 'svp', LD_PRELOAD: '/usr/lib/x86_64-linux-gnu/libjemalloc.so.2' },
      hidden: ['/usr/lib/libreoffice/program/libavmediagst.so'],
      fontFolders: [],
    })
  })

  it('without a LibreOffice is told with its path', async () => {
    await assert.rejects(findOffice('/nowhere'), /ENGINE_ROOT \/nowhere/)
  })

  it('gives bubblewrap, which runs outside, by its path there, and prlimit, which runs inside, by its path inside', async () => {
    const { bwrap, prlimit } = await findTools(tree)
    assert.deepEqual([bwrap, prlimit], [join(tree, 'usr/bin/bwrap'), '/usr/bin/prlimit'])
  })
})
