import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, it, type TestContext } from 'node:test'
import { commandLineOf, endGroup, identify, isAlive, killGroup } from '#cli/start/process-groups.ts'
import { until } from '#test/until.ts'

/** A process in a group of its own, which ends with the test. */
function start(t: TestContext, [program = '', ...args]: readonly string[]): ChildProcess {
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  t.after(() => {
    if (child.pid !== undefined) killGroup(child.pid)
  })
  return child
}

const sleeper = (t: TestContext) => start(t, ['sleep', '600'])

/** The number that it says first. */
async function numberFrom({ stdout }: ChildProcess): Promise<number> {
  assert.ok(stdout)
  const [text] = await once(stdout, 'data')
  return Number(text)
}

describe('the identity of a process', () => {
  it('is the same as long as it lives, and gone with it', async t => {
    const child = sleeper(t)
    const id = identify(child.pid ?? 0)
    assert.ok(id)
    assert.deepEqual(identify(id.pid), id)
    assert.equal(isAlive(id), true)
    child.kill('SIGKILL')
    await once(child, 'exit')
    assert.equal(isAlive(id), false)
  })

  it('is not that of a stranger with the same number, who is never ended', async t => {
    const child = sleeper(t)
    const id = identify(child.pid ?? 0)
    assert.ok(id)
    const earlier = { ...id, started: `${id.started}0` }
    assert.equal(isAlive(earlier), false)
    await endGroup(earlier, 'SIGTERM', 1000)
    assert.equal(isAlive(id), true)
  })

  it('counts a zombie as dead', async t => {
    // A shell that becomes `sleep` never asks for its child's exit code.
    const zombie = await numberFrom(start(t, ['sh', '-c', 'sleep 0 & echo $!; exec sleep 600']))
    await until('its death', () => identify(zombie) === undefined)
    assert.equal(commandLineOf(zombie), '')
  })
})

describe('ending a group', () => {
  it('asks first, and kills what does not listen, with its children', async t => {
    const child = start(t, ['sh', '-c', 'trap "" TERM; sleep 600 & echo $!; wait; wait'])
    const [leader, member] = [identify(child.pid ?? 0), identify(await numberFrom(child))]
    assert.ok(leader && member)
    await endGroup(leader, 'SIGTERM', 200)
    assert.equal(isAlive(leader), false)
    await until('the end of its child', () => !isAlive(member))
  })
})
