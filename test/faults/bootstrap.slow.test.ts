import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, describe, it } from 'node:test'
import { OLD_NODE } from '#test/old-node.ts'
import {
  BIN,
  clearAway,
  killAllOn,
  makeDataDir,
  nothingIsLeftOn,
  startInstance,
} from '#test/test-instance.ts'

const isRoot = process.getuid?.() === 0

describe('an instance behind the bootstrap', () => {
  // One for all of them, so that its database is made once.
  const dataDir = makeDataDir()
  afterEach(() => killAllOn(dataDir))
  after(() => clearAway(dataDir))

  for (const signal of ['SIGTERM', 'SIGKILL'] as const)
    it(`ends without a leftover when the bootstrap alone gets ${signal}`, async () => {
      const instance = await startInstance({
        dataDir,
        command: [process.execPath, ...OLD_NODE, BIN, 'start'],
      })
      await instance.ready()
      assert.notEqual(instance.instance().launcher.pid, instance.process.pid)
      const code = await instance.end(signal)
      if (signal === 'SIGTERM') assert.equal(code, 0)
      await nothingIsLeftOn(dataDir)
    })

  it('ends in order when npm alone gets SIGTERM', async () => {
    const instance = await startInstance({ dataDir, command: ['npm', 'start'] })
    await instance.ready()
    assert.equal(await instance.end('SIGTERM'), 0)
    assert.match(instance.output(), /✓ Stopped in/)
    await nothingIsLeftOn(dataDir)
  })

  it('takes the signals of one Ctrl-C as one', async () => {
    const instance = await startInstance({ dataDir })
    await instance.ready()
    instance.process.kill('SIGINT')
    instance.process.kill('SIGTERM')
    assert.equal(await instance.end('SIGINT'), 0)
    assert.doesNotMatch(instance.output(), /!/)
    await nothingIsLeftOn(dataDir)
  })
})

describe('an instance behind a closed folder', () => {
  it('puts the database outside, says so, and opens nothing', { skip: !isRoot }, async t => {
    const parent = makeDataDir()
    chmodSync(parent, 0o700)
    const dataDir = join(parent, 'data')
    mkdirSync(dataDir)
    t.after(async () => {
      await clearAway(dataDir)
      await clearAway(parent)
    })
    const instance = await startInstance({ dataDir })
    await instance.ready()
    assert.match(instance.output(), /the database lies in \/var\/lib\/nightshift\/[0-9a-f]{16}/)
    assert.equal(statSync(parent).mode & 0o777, 0o700)
    assert.equal(await instance.end('SIGTERM'), 0)
  })
})
