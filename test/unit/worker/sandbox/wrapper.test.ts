import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { wrapperScript } from '#worker/sandbox/wrapper.ts'

const run = promisify(execFile)

describe('the wrapper', () => {
  let folder: string
  let slot: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightshift-wrapper-'))
    // A path that would be two words and a command if anything forgot to quote it.
    slot = join(folder, "it's a slot; touch harm")
    await mkdir(slot)
  })
  after(() => rm(folder, { recursive: true }))

  async function argumentsSeen(...given: string[]): Promise<string[]> {
    const seen = join(folder, 'seen')
    const file = join(folder, 'wrapper')
    const script = wrapperScript({
      slot,
      inside: '/tmp',
      command: [
        '/bin/sh',
        '-c',
        `printf '%s\\n' "$@" >'${seen}'; echo warning >&2; env >>'${seen}.env'`,
        'sh',
      ],
      filter: undefined,
      owner: undefined,
      pidFile: join(folder, 'pid'),
      errorFile: join(folder, 'errors'),
    })
    await writeFile(file, script, { mode: 0o700 })
    const { stdout, stderr } = await run(file, given, { cwd: slot })
    assert.equal(stdout + stderr, '')
    return (await readFile(seen, 'utf8')).trim().split('\n')
  }

  it('names files in the slot as they are called inside', async () => {
    assert.deepEqual(
      await argumentsSeen('--outdir', `${slot}/out`, `${slot}/out/source.pptx`, '/elsewhere'),
      ['--outdir', '/tmp/out', '/tmp/out/source.pptx', '/elsewhere'],
    )
  })

  it('drops the profile that the library made', async () => {
    assert.deepEqual(await argumentsSeen('-env:UserInstallation=file:///x', '--headless'), ['--headless'])
  })

  it('passes arguments on as they are, whatever they hold', async () => {
    const odd = ['--convert-to', 'pdf:"a b"', "quo'te", '$(touch harm)', '`x`']
    assert.deepEqual(await argumentsSeen(...odd), odd)
  })

  it('keeps what is said on stderr for the log and its number for the worker', async () => {
    await argumentsSeen('x')
    assert.equal(await readFile(join(folder, 'errors'), 'utf8'), 'warning\n')
    assert.match(await readFile(join(folder, 'pid'), 'utf8'), /^\d+\n$/)
  })

  it('hands nothing of the environment on', async t => {
    process.env.WRAPPER_TEST = 'leaks'
    t.after(() => delete process.env.WRAPPER_TEST)
    await argumentsSeen('x')
    assert.doesNotMatch(await readFile(join(folder, 'seen.env'), 'utf8'), /leaks|HOME=/)
  })
})
