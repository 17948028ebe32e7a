import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { test } from 'node:test'
import { isPidInUse, workerName } from '#lib/pid.ts'

test('a number is in use by this process and by another user’s, not by one that has ended', () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  assert.deepEqual([process.pid, 1, pid].map(isPidInUse), [true, true, false])
})

test('a process that may not be signalled is there', t => {
  t.mock.method(process, 'kill', () => {
    throw Object.assign(new Error('not permitted'), { code: 'EPERM' })
  })
  assert.equal(isPidInUse(4711), true)
})

test('a worker is called by its host and its number', () => {
  assert.equal(workerName(4711), `${hostname()}/4711`)
})
