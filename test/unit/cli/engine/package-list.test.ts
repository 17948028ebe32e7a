import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import {
  deviationsFrom,
  formatPackageList,
  packageOfFile,
  parsePackageList,
  pinsFor,
} from '#cli/engine/package-list.ts'
import { TREE_PACKAGES } from '#cli/engine/tree-packages.ts'

const hash = (digit: string) => digit.repeat(64)
const [bash, core] = [
  { name: 'bash', version: '5.2.15-2+b13', sha256: hash('a') },
  { name: 'libreoffice-core', version: '4:7.4.7-1+deb12u14', sha256: hash('b') },
]

describe('a package list', () => {
  it('is read as it was written, in the order of the names', () => {
    assert.deepEqual(parsePackageList(formatPackageList([core, bash])), [bash, core])
    assert.deepEqual(parsePackageList(`# a comment\n\n${formatPackageList([core])}`), [core])
  })

  it('with a broken line is refused', () => {
    for (const line of [
      'bash',
      'bash 5.2',
      `bash 5.2 ${hash('g')}`,
      `BASH 5 ${hash('a')}`,
      `a b c ${hash('a')}`,
    ])
      assert.throws(() => parsePackageList(line), /not a line of a package list/)
  })

  it('asks apt for the listed versions above all others', () => {
    assert.equal(
      pinsFor([core]),
      'Package: libreoffice-core\nPin: version 4:7.4.7-1+deb12u14\nPin-Priority: 1001\n',
    )
  })

  it('tells which packages came in other versions, or unlisted', () => {
    assert.deepEqual(deviationsFrom([bash, core], [bash, core]), [])
    const newer = { ...core, version: '4:7.4.7-1+deb12u15', sha256: hash('c') }
    const other = { name: 'libnew1', version: '1', sha256: hash('d') }
    assert.deepEqual(deviationsFrom([bash, core], [bash, newer, other]), ['libreoffice-core', 'libnew1'])
  })

  it('refuses a listed version with another content', () => {
    assert.throws(
      () => deviationsFrom([bash], [{ ...bash, sha256: hash('e') }]),
      /bash 5\.2\.15-2\+b13 has the SHA-256 e+, and not a+ as listed/,
    )
  })

  it('has a package by the name that apt gives its file', () => {
    const { name, version, sha256 } = packageOfFile('ure_4%3a7.4.7-1+deb12u14_amd64.deb', Buffer.from('abc'))
    assert.deepEqual([name, version], ['ure', '4:7.4.7-1+deb12u14'])
    assert.match(sha256, /^ba7816bf8f01cfea/)
  })
})

describe('the lists of the repository', () => {
  const files = globSync('cli/engine/lists/*.txt')

  it('are there, each with every package that was asked for', () => {
    assert.ok(files.length > 0)
    for (const file of files) {
      const names = parsePackageList(readFileSync(file, 'utf8')).map(one => one.name)
      assert.deepEqual(
        TREE_PACKAGES.filter(name => !names.includes(name)),
        [],
        file,
      )
      assert.equal(new Set(names).size, names.length, file)
    }
  })
})
