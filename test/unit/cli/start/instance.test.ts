import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { takeLock } from '#cli/start/exclusive-lock.ts'
import { lockInstance, readInstance, runningInstance } from '#cli/start/instance.ts'
import { identify } from '#cli/start/process-groups.ts'
import { ConfigError } from '#lib/config.ts'
import { raceForClaim } from '#test/claim-race.ts'

describe('the claim on a DATA_DIR', () => {
  let folder: string
  let path: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'instance-'))
    path = join(folder, 'instance.json')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is refused with the pid while its launcher lives', () => {
    const instanceLock = lockInstance(path, folder)
    assert.throws(
      () => lockInstance(path, folder),
      (error: Error) => error instanceof ConfigError && error.message.includes(`pid ${process.pid}:`),
    )
    instanceLock.release()
    assert.equal(readInstance(path), undefined)
  })

  it('is open again when its launcher is gone, though a stranger has the number now', () => {
    const me = identify(process.pid)
    const previous = { launcher: { pid: process.pid, started: 'long ago' }, children: { worker: me } }
    writeFileSync(path, JSON.stringify(previous))
    assert.equal(runningInstance(path), undefined)
    assert.deepEqual(lockInstance(path, folder).previous, previous)
  })

  it('is open where the file is torn', () => {
    writeFileSync(path, '{"launcher": {"pi')
    assert.equal(lockInstance(path, folder).previous, undefined)
    assert.equal(runningInstance(path)?.launcher.pid, process.pid)
  })

  it('keeps what it learns, for its owner alone, and leaves no drafts', () => {
    const instanceLock = lockInstance(path, folder)
    instanceLock.noteChild('web', process.pid)
    instanceLock.update({ url: 'http://127.0.0.1:1' })
    assert.deepEqual(readInstance(path)?.children, { web: identify(process.pid) })
    assert.equal(readInstance(path)?.url, 'http://127.0.0.1:1')
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.deepEqual(readdirSync(folder), ['instance.json', 'instance.json.lock'])
  })

  it('goes to exactly one of two that start at once, beside nothing and beside what a killed one left', async () => {
    const { wins, refusals } = await raceForClaim(10)
    assert.deepEqual(wins, Array(10).fill(1))
    for (const words of refusals) assert.match(words, /is in use by Nightshift with pid \d+: stop it with/)
  })

  it('is refused while somebody has the lock who cannot be seen from here', () => {
    const unlock = takeLock(`${path}.lock`)
    assert.throws(
      () => lockInstance(path, folder, 100),
      /is in use by Nightshift that cannot be seen from here/,
    )
    unlock?.()
    lockInstance(path, folder).release()
  })

  it('says what is wrong where no lock can be had', () => {
    assert.throws(
      () => takeLock(join(folder, 'missing', 'lock')),
      /DATA_DIR cannot be locked at .*choose a folder/,
    )
  })
})
