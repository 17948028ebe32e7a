import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type OwnApt, openOwnApt } from '#cli/engine/own-apt.ts'
import { packageOfFile, pinsFor } from '#cli/engine/package-list.ts'

interface Offered {
  name: string
  version: string
  depends?: string
}

const OFFERED: readonly Offered[] = [
  { name: 'office', version: '1:1.0', depends: 'office-core (= 1:1.0), perl' },
  { name: 'office', version: '1:2.0', depends: 'office-core (= 1:2.0), perl' },
  { name: 'office-core', version: '1:1.0' },
  { name: 'office-core', version: '1:2.0' },
]

describe('an apt with a state of its own, on a mirror with two versions', () => {
  let folder = ''
  let apt: OwnApt
  let n = 0
  const configuration = process.env.APT_CONFIG

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'own-apt-'))
    const mirror = join(folder, 'mirror')
    mkdirSync(mirror)
    writeFileSync(join(mirror, 'Packages'), OFFERED.map(one => offer(mirror, one)).join('\n'))
    writeFileSync(join(folder, 'sources.list'), `deb [trusted=yes] copy:${mirror} ./\n`)
    writeFileSync(
      join(folder, 'apt.conf'),
      `Dir::Etc::sourcelist "${folder}/sources.list"; Dir::Etc::sourceparts "${folder}/none";`,
    )
    process.env.APT_CONFIG = join(folder, 'apt.conf')
  })
  after(() => {
    if (configuration === undefined) delete process.env.APT_CONFIG
    else process.env.APT_CONFIG = configuration
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    apt = await openOwnApt(join(folder, `apt-${n++}`), { architecture: 'amd64' })
  })

  /** Builds a package; returns its paragraph in the index. */
  function offer(mirror: string, { name, version, depends }: Offered): string {
    const root = join(folder, `${name}-${version}`)
    mkdirSync(join(root, 'DEBIAN'), { recursive: true })
    const control = `Package: ${name}\nVersion: ${version}\nArchitecture: all\nMaintainer: nobody\n${depends ? `Depends: ${depends}\n` : ''}Description: none\n`
    writeFileSync(join(root, 'DEBIAN', 'control'), control)
    const file = `${name}_${version.replace('1:', '')}_all.deb`
    execFileSync('dpkg-deb', ['--build', root, join(mirror, file)], { stdio: 'ignore' })
    const bytes = readFileSync(join(mirror, file))
    const { sha256 } = packageOfFile(file, bytes)
    return `${control}Filename: ./${file}\nSize: ${bytes.length}\nSHA256: ${sha256}\n`
  }

  const versionsOf = (debs: readonly string[]) =>
    debs
      .map(deb => packageOfFile(basename(deb), Buffer.alloc(0)))
      .map(({ name, version }) => `${name} ${version}`)
      .sort()
  const listed = (name: string, version: string) => ({ name, version, sha256: '' })

  it('brings the newest of a package and of what it depends on, whatever this machine has installed', async () => {
    const debs = await apt.download(['office'], '')
    assert.deepEqual(versionsOf(debs), ['office 1:2.0', 'office-core 1:2.0'])
  })

  it('brings the listed versions where the mirror has them', async () => {
    const pins = pinsFor([listed('office', '1:1.0'), listed('office-core', '1:1.0')])
    assert.deepEqual(versionsOf(await apt.download(['office'], pins)), ['office 1:1.0', 'office-core 1:1.0'])
  })

  it('brings the mirror’s own where it no longer has a listed one', async () => {
    const pins = pinsFor([listed('office', '1:0.9'), listed('office-core', '1:0.9')])
    assert.deepEqual(versionsOf(await apt.download(['office'], pins)), ['office 1:2.0', 'office-core 1:2.0'])
  })

  it('brings the mirror’s own where the listed ones that are left do not go together', async () => {
    const pins = pinsFor([listed('office', '1:0.9'), listed('office-core', '1:1.0')])
    assert.deepEqual(versionsOf(await apt.download(['office'], pins)), ['office 1:2.0', 'office-core 1:2.0'])
  })

  it('does without an index that it cannot read, and tells of it where a package is missing', async () => {
    const sources = join(folder, 'sources.list')
    const before = readFileSync(sources, 'utf8')
    writeFileSync(sources, `${before}deb [trusted=yes] copy:${folder}/gone ./\n`)
    try {
      const other = await openOwnApt(join(folder, `apt-${n++}`), { architecture: 'amd64' })
      assert.equal((await other.download(['office'], '')).length, 2)
      await assert.rejects(other.download(['no-such-office'], ''), /gone/)
    } finally {
      writeFileSync(sources, before)
    }
  })

  it('says in apt’s own words what it cannot bring', async () => {
    await assert.rejects(apt.download(['no-such-office'], ''), /Unable to locate package no-such-office/)
  })
})
