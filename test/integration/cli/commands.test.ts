import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freePort } from '#cli/start/port.ts'
import type { Check } from '#lib/vocabulary/check.ts'
import { makeDataDir, removeDataDir } from '#test/test-instance.ts'
import { whyNo } from '#test/why-no-program.ts'

const { version: VERSION } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
)
const MAIN = fileURLToPath(new URL('../../../cli/commands.ts', import.meta.url))

describe('the command line', () => {
  const dataDir = makeDataDir()
  after(() => removeDataDir(dataDir))

  const run = (args: string[], env: Record<string, string> = {}) => {
    const all = { ...process.env, DATABASE_URL: '', DATA_DIR: dataDir, ...env }
    return spawnSync(process.execPath, [MAIN, ...args], { env: all, encoding: 'utf8' })
  }

  it('knows its commands and no others', () => {
    const { stdout, status } = run(['help'])
    assert.equal(status, 0)
    const commands = [...stdout.matchAll(/^ {2}(\w+)\|?.* {2}\S/gm)].map(match => match[1])
    const known = [
      'start',
      'web',
      'worker',
      'migrate',
      'test',
      'bench',
      'proof',
      'engine',
      'doctor',
      'support',
      'help',
    ]
    assert.deepEqual(commands, known)
  })

  it('names the nearest command for one that it does not know', () => {
    const { stderr, status } = run(['docter'])
    assert.equal(status, 1)
    assert.match(
      stderr,
      /^\n {2}✗ There is no command “docter”\. Did you mean “doctor”\? Known here: start, .+, help\.\n\n$/,
    )
    assert.doesNotMatch(run(['sing-along']).stderr, /Did you mean/)
  })

  it('tells its version', () => {
    assert.equal(run(['--version']).stdout, `${VERSION}\n`)
  })

  it('prints a wrong setting as it is, without a stack', () => {
    const { stderr, status } = run(['start'], { PORT: 'http', SLOTS: '0' })
    assert.equal(status, 1)
    assert.match(
      stderr,
      /^\n {2}✗ PORT is "http": it must be a whole number from 1 to 65535\.\n {4}SLOTS is "0": [^\n]+\n\n$/,
    )
  })

  it('says what a worker alone needs', () => {
    const { stderr, status } = run(['worker'])
    assert.equal(status, 1)
    assert.match(stderr, /✗ DATABASE_URL is not set, and no Nightshift runs on DATA_DIR .*“npm start”/)
  })

  it('says that DATABASE_URL leads nowhere', () => {
    const { stderr, status } = run(['migrate'], { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })
    assert.equal(status, 1)
    assert.match(stderr, /✗ DATABASE_URL cannot be used: .*ECONNREFUSED/)
  })

  it('lists the measurements when it is asked for one that is not there', () => {
    const { stderr, status } = run(['bench', 'nothing'])
    assert.equal(status, 1)
    assert.match(stderr, /There is no “nothing” in test\/bench; there are: /)
  })

  it('finds everything that a start needs on a machine where tests run', {
    skip: whyNo('soffice'),
  }, async () => {
    const { stdout, status } = run(['doctor'], { PORT: String(await freePort()) })
    assert.match(stdout, new RegExp(`✓ Nightshift +${VERSION}\n +✓ Node +${process.versions.node}\n`))
    assert.match(stdout, /✓ LibreOffice +\d+\.\d+/)
    assert.match(stdout, /✓ Database +embedded PostgreSQL \d+/)
    assert.match(stdout, /✓ Sandbox +works/)
    assert.equal(status, 0)
  })

  it('looks at a machine on which it never ran, and leaves nothing there', async () => {
    const folder = join(dataDir, 'not', 'there')
    const { stdout, status } = run(['doctor'], { DATA_DIR: folder, PORT: String(await freePort()) })
    assert.match(stdout, /✓ Instance +none runs on /)
    assert.match(stdout, /GB free under /)
    assert.deepEqual([status, existsSync(folder)], [0, false])
  })

  it('tells the version of the database that DATABASE_URL names, or why it cannot be used', () => {
    const { stdout } = run(['doctor'], { DATABASE_URL: process.env.TEST_DATABASE_URL ?? '' })
    assert.match(stdout, /✓ Database +PostgreSQL \d+\.\d+ of DATABASE_URL/)
    const away = run(['doctor'], { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })
    assert.match(away.stdout, /✗ Database +DATABASE_URL cannot be used: .*ECONNREFUSED/)
    assert.equal(away.status, 1)
  })

  it('gives a program each check with its state and what mends it', async () => {
    const port = String(await freePort())
    const { stdout } = run(['doctor', '--json'], {
      PORT: port,
      SLOTS: '64',
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
    })
    const checks: Check[] = JSON.parse(stdout).checks
    assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length)
    for (const id of ['database', 'disk', 'memory', 'port', 'fonts', 'instance'])
      assert.ok(
        checks.some(check => check.id === id),
        id,
      )
    const database = checks.find(({ id }) => id === 'database')
    assert.equal(database?.state, 'failed')
    assert.match(database?.mend ?? '', /psql/)
  })

  it('names the program that has the port', async t => {
    const other = createServer().listen(0, '127.0.0.1')
    t.after(() => other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const { stdout, status } = run(['doctor'], { PORT: String(port) })
    assert.match(stdout, new RegExp(`✗ Port +PORT ${port} is taken: .+\\n +ss -ltnp 'sport = :${port}'`))
    assert.equal(status, 1)
  })
})
