import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { doScriptsWork } from '#cli/engine/scripts-work.ts'
import { changedFiles, recordFiles } from '#cli/engine/tree-files.ts'
import { unpackAll } from '#cli/engine/unpack-debs.ts'

describe('a tree', () => {
  let folder = ''
  let tree = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tree-'))
    tree = join(folder, 'tree')
    mkdirSync(tree)
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  function write(root: string, files: Record<string, string>, mode = 0o644): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), text)
      chmodSync(join(root, name), mode)
    }
  }

  function deb(name: string, files: Record<string, string>, mode?: number): string {
    const root = join(folder, name)
    write(root, files, mode)
    write(root, {
      'DEBIAN/control': `Package: ${name}\nVersion: 1\nArchitecture: all\nMaintainer: nobody\nDescription: none\n`,
    })
    execFileSync('dpkg-deb', ['--build', root, `${root}.deb`], { stdio: 'ignore' })
    return `${root}.deb`
  }

  it('has one /usr, whatever folders the packages have', async () => {
    const debs = [
      deb('old', { 'lib/a.so': 'a', 'bin/a': 'a', 'sbin/a': 'a', 'lib64/ld.so': 'ld' }),
      deb('new', { 'usr/lib/b.so': 'b', 'usr/bin/b': 'b' }),
    ]
    await unpackAll(debs, tree, undefined)
    for (const name of ['lib/a.so', 'lib/b.so', 'bin/a', 'bin/b', 'sbin/a', 'lib64/ld.so'])
      assert.ok(statSync(join(tree, 'usr', name)).isFile(), name)
    assert.equal(readlinkSync(join(tree, 'lib')), 'usr/lib')
    assert.deepEqual(
      debs.filter(path => existsSync(path)),
      [],
    )
  })

  it('has no setuid program and no documentation', async () => {
    await unpackAll(
      [deb('su', { 'bin/su': 'su', 'usr/share/doc/su/copyright': 'c' }, 0o6755)],
      tree,
      undefined,
    )
    assert.equal((statSync(join(tree, 'usr/bin/su')).mode & 0o7777).toString(8), '755')
    assert.ok(!existsSync(join(tree, 'usr/share/doc')))
  })

  it('is not made of a package that is cut off', async () => {
    const path = deb('cut', { 'usr/bin/x': 'x'.repeat(100_000) })
    writeFileSync(path, readFileSync(path).subarray(0, -100))
    await assert.rejects(unpackAll([path], tree, undefined), { code: 'step_failed' })
  })

  it('gets what the scripts of its packages would have made', async () => {
    const available = 'usr/share/fontconfig/conf.avail/10-hinting-slight.conf'
    write(tree, {
      'usr/lib/libreoffice/share/.registry/main.xcd': 'main',
      'usr/lib/libreoffice/share/.registry/res/a.xcd': 'a',
      'etc/fonts/conf.d/README': '',
      [available]: 'slight',
    })
    write(tree, { 'usr/bin/bwrap': '#!/bin/sh\necho "$@" >"$4/var/words"\n' }, 0o755)
    await doScriptsWork(tree)
    assert.equal(readFileSync(join(tree, 'etc/libreoffice/registry/main.xcd'), 'utf8'), 'main')
    assert.equal(readFileSync(join(tree, 'etc/libreoffice/registry/res/a.xcd'), 'utf8'), 'a')
    assert.equal(readlinkSync(join(tree, 'etc/fonts/conf.d/10-hinting-slight.conf')), `/${available}`)
    assert.match(readFileSync(join(tree, 'var/words'), 'utf8'), /--bind \S+ \/ .*ldconfig && fc-cache -s/)
  })

  it('knows which of its files are missing, new or changed', async () => {
    write(tree, { 'usr/bin/a': 'a', 'usr/bin/b': 'b', 'usr/bin/c': 'c', 'tree.json': '{}' })
    await recordFiles(tree)
    assert.deepEqual(await changedFiles(tree), [])
    write(tree, { 'usr/bin/a': 'A', 'usr/bin/d': 'd', 'tree.json': '{ }' })
    rmSync(join(tree, 'usr/bin/b'))
    assert.deepEqual(await changedFiles(tree), ['usr/bin/a', 'usr/bin/b', 'usr/bin/d'])
  })
})
