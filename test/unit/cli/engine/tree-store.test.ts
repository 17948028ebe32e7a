import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { publishTree, TREE_RECORD, treeAt, treesIn, usersOf } from '#cli/engine/tree-store.ts'
import { until } from '#test/until.ts'

const kind = 'bookworm-amd64-12345678'

describe('the store of trees', () => {
  let store = ''
  let made = 0
  const make = async (folder: string) => {
    made++
    mkdirSync(join(folder, 'tree'))
    const record = { kind, madeAt: new Date().toISOString(), packages: [], deviations: [] }
    writeFileSync(join(folder, 'tree', TREE_RECORD), JSON.stringify(record))
  }
  beforeEach(() => {
    store = join(mkdtempSync(join(tmpdir(), 'trees-')), 'engine')
    made = 0
  })
  afterEach(() => rmSync(join(store, '..'), { recursive: true }))

  it('makes one tree for several that ask at once, and none for those that ask later', async () => {
    const asked = await Promise.all([1, 2, 3].map(() => publishTree(store, { kind, make })))
    const later = await publishTree(store, { kind, make })
    assert.deepEqual([made, new Set([...asked, later].map(tree => tree.path)).size], [1, 1])
    assert.equal(treesIn(store).length, 1)
  })

  it('makes another for another kind, and a new one when it is renewed', async () => {
    const first = await publishTree(store, { kind, make })
    const renewed = await publishTree(store, { kind, make, renew: true })
    assert.notEqual(renewed.path, first.path)
    assert.equal((await publishTree(store, { kind, make })).path, treesIn(store)[0]?.path)
    assert.equal(made, 2)
  })

  it('leaves nothing of a tree that could not be made, and makes it at the next try', async () => {
    const fail = async (folder: string) => {
      mkdirSync(join(folder, 'tree'))
      throw new Error('no network')
    }
    await assert.rejects(publishTree(store, { kind, make: fail }), /no network/)
    assert.deepEqual(readdirSync(store), ['making.lock'])
    await publishTree(store, { kind, make })
    assert.equal(made, 1)
  })

  it('takes over from a process that was killed while it made one, and removes what that left', async () => {
    const code = `
      import { mkdirSync } from 'node:fs'
      import { publishTree } from ${JSON.stringify(resolve('cli/engine/tree-store.ts'))}
      const make = folder => { mkdirSync(folder + '/tree'); console.log('making'); return new Promise(() => setInterval(() => {}, 1e6)) }
      await publishTree(${JSON.stringify(store)}, { kind: ${JSON.stringify(kind)}, make })`
    const other = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(other.stdout, 'data')
    const waiting = publishTree(store, { kind, make })
    assert.equal(made, 0)
    other.kill('SIGKILL')
    const tree = await waiting
    assert.equal(made, 1)
    assert.deepEqual(readdirSync(store).sort(), ['making.lock', tree.path.slice(store.length + 1)].sort())
  })

  it('does not wait on for one who stops asking', async () => {
    const idle = () => {}
    let finish: () => void = idle
    const first = publishTree(store, {
      kind,
      make: async folder => {
        await new Promise<void>(done => (finish = done))
        await make(folder)
      },
    })
    await until('the first holds the lock', () => finish !== idle)
    const stopped = new AbortController()
    const second = publishTree(store, { kind, make, signal: stopped.signal })
    stopped.abort(new Error('stopped'))
    await assert.rejects(second)
    finish()
    await first
    assert.equal(made, 1)
  })

  it('is open to the user of the sandbox, whatever root’s umask is', {
    skip: process.getuid?.() !== 0 && 'only root’s sandbox has another user',
  }, async () => {
    const umask = process.umask(0o077)
    try {
      await publishTree(join(store, 'engine'), { kind, make })
    } finally {
      process.umask(umask)
    }
    for (const folder of [store, join(store, 'engine')])
      assert.equal((statSync(folder).mode & 0o777).toString(8), '755')
  })

  it('knows a folder without a record as no tree', () => {
    mkdirSync(join(store, 'half'), { recursive: true })
    assert.equal(treeAt(join(store, 'half')), undefined)
    assert.deepEqual(treesIn(store), [])
    assert.deepEqual(treesIn(join(store, 'missing')), [])
  })

  it('names the processes that use a tree, by command line or environment', async () => {
    const path = join(store, 'tree')
    assert.deepEqual(usersOf({ path }), [])
    const stdio = ['pipe', 'pipe', 'ignore'] as const
    const users = [
      spawn('sh', ['-c', 'echo; read x', `${path}/usr`], { stdio: [...stdio] }),
      spawn('sh', ['-c', 'echo; read x'], { stdio: [...stdio], env: { ...process.env, ENGINE_ROOT: path } }),
      spawn('sh', ['-c', 'echo; read x', `${path}-other`], { stdio: [...stdio] }),
    ]
    await Promise.all(users.map(user => once(user.stdout, 'data')))
    assert.deepEqual(
      usersOf({ path }).sort(),
      users
        .slice(0, 2)
        .map(user => user.pid)
        .sort(),
    )
    for (const user of users) user.stdin.end()
    await Promise.all(users.map(user => once(user, 'exit')))
  })
})
