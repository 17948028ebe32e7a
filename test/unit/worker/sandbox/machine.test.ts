import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { AppError } from '#lib/vocabulary/errors.ts'
import { processorFor } from '#worker/sandbox/machine.ts'
import type { Tools } from '#worker/sandbox/tools.ts'

const all: Tools = { bwrap: '/b', setpriv: '/s', prlimit: '/p', setsid: '/i', perl: '/l' }
const user = { uid: 60877, gid: 60877 }

it('without one of its tools there is no sandbox, and the log says what to install', () => {
  for (const [missing, packageName] of [
    ['bwrap', 'bubblewrap'],
    ['prlimit', 'util-linux'],
    ['setpriv', 'util-linux'],
  ] as const)
    assert.throws(
      () => processorFor({ tools: { ...all, [missing]: undefined }, user }),
      (error: AppError) =>
        error.code === 'sandbox_unavailable' && error.message.includes(`apt-get install ${packageName}`),
    )
})

it('a worker without root’s rights needs no setpriv to drop them', () => {
  assert.ok(processorFor({ tools: { ...all, setpriv: undefined }, user: undefined }).denied)
})

it('Landlock needs no bubblewrap, but perl and setpriv', () => {
  assert.ok(processorFor({ tools: { ...all, bwrap: undefined }, user }, 'landlock').shared)
  for (const missing of ['perl', 'setpriv'])
    assert.throws(
      () => processorFor({ tools: { ...all, [missing]: undefined }, user: undefined }, 'landlock'),
      (error: AppError) => error.message.includes('apt-get install perl-base util-linux'),
    )
})
