import assert from 'node:assert/strict'
import { globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { isBuildPackage, removeBuildPackages } from '#cli/start/build-packages.ts'

const OF_RUNNING = ['@next/env', 'next', 'typescript']
const OF_BUILD = ['@esbuild/linux-x64', '@img/colour', '@img/sharp-linux-x64', '@next/swc-linux-x64-gnu']

it('the packages that only a build needs are removed, and no other', t => {
  const root = mkdtempSync(join(tmpdir(), 'build-packages-'))
  t.after(() => rmSync(root, { recursive: true }))
  for (const name of [...OF_RUNNING, ...OF_BUILD])
    mkdirSync(join(root, 'node_modules', name), { recursive: true })
  removeBuildPackages(root, () => 'all')
  removeBuildPackages(root, () => 'run')
  const left = globSync(['@*/*', '[a-z]*'], { cwd: join(root, 'node_modules') })
  assert.deepEqual(left.sort(), OF_RUNNING)
})

it('a package is known by its folder as one that only a build needs', () => {
  const folders = [...OF_RUNNING, ...OF_BUILD].map(name => `node_modules/${name}`)
  assert.deepEqual(
    folders.filter(isBuildPackage),
    OF_BUILD.map(name => `node_modules/${name}`),
  )
})
