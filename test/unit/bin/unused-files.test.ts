import assert from 'node:assert/strict'
import { globSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { it } from 'node:test'
import { isBuildPackage } from '#cli/start/build-packages.ts'
import { isUnused, removeUnusedFiles } from '../../../bin/unused-files.js'

const MB = 2 ** 20
const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, { dev?: boolean }>
}
/** The folders of the packages that running needs, or the build of the pages before it. */
const folders = Object.entries(lockfile.packages)
  .filter(([name, { dev }]) => name !== '' && !dev)
  .map(([name]) => name)

/** What a package takes on the disk, without those inside it, in bytes. */
function bytesOf(folder: string): number {
  const files = globSync('**', { cwd: folder, exclude: ['node_modules'] }).filter(
    file => !isUnused(join(folder, file)),
  )
  return files.reduce((sum, file) => sum + lstatSync(join(folder, file)).blocks * 512, 0)
}

it('the packages that running needs keep to 480 MB, and to 580 MB with those of the build', () => {
  const sizes = folders.map(folder => ({ folder, bytes: bytesOf(folder) }))
  const total = (those: typeof sizes) => those.reduce((sum, { bytes }) => sum + bytes, 0) / MB
  const largest = JSON.stringify(sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 10))
  // Both numbers mean something only where these are there.
  assert.ok(sizes.some(({ folder, bytes }) => folder === 'node_modules/node' && bytes > 50 * MB))
  assert.ok(total(sizes.filter(({ folder }) => !isBuildPackage(folder))) <= 480, largest)
  // The peak, at most 720 MB, has besides either the source maps or the headers of Node, some 100 MB.
  assert.ok(total(sizes) <= 580, largest)
})

it('source maps and the compilers for other databases are removed, and nothing beside them', t => {
  const root = mkdtempSync(join(tmpdir(), 'unused-files-'))
  t.after(() => rmSync(root, { recursive: true }))
  const compiler = '@prisma/client/runtime/query_compiler'
  const kept = ['a/b.js', 'a/map.js', 'a/x.map', `${compiler}_fast_bg.postgresql.wasm-base64.mjs`]
  const unused = [
    'a/b.js.map',
    'a/c/d.d.mts.map',
    `${compiler}_fast_bg.mysql.js`,
    `${compiler}_small_bg.postgresql.js`,
  ]
  for (const name of [...kept, ...unused]) {
    mkdirSync(join(root, dirname(name)), { recursive: true })
    writeFileSync(join(root, name), '')
  }
  removeUnusedFiles(root)
  const left = globSync('**', { cwd: root }).filter(name => lstatSync(join(root, name)).isFile())
  assert.deepEqual(left.sort(), kept.sort())
})
