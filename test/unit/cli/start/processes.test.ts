import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { commandLineOf, endGroup, identify, isAlive } from '#cli/start/processes.ts'
import { until } from '#test/until.ts'

const sleeper = () => spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })

describe('the identity of a process', () => {
  it('is the same as long as it lives, and gone with it', async () => {
    const child = sleeper()
    const id = identify(child.pid ?? 0)
    assert.ok(id)
    assert.deepEqual(identify(id.pid), id)
    assert.equal(isAlive(id), true)
    child.kill('SIGKILL')
    await once(child, 'exit')
    assert.equal(isAlive(id), false)
  })

  it('is not that of a stranger with the same number, who is never ended', async () => {
    const child = sleeper()
    const id = identify(child.pid ?? 0)
    assert.ok(id)
    const earlier = { ...id, started: `${id.started}0` }
    assert.equal(isAlive(earlier), false)
    await endGroup(earlier, 'SIGTERM', 1000)
    assert.equal(isAlive(id), true)
    child.kill('SIGKILL')
  })

  it('counts a zombie as dead', async () => {
    // A shell that becomes `sleep` never asks for its child's exit code.
    const parent = spawn('sh', ['-c', 'sleep 0 & echo $!; exec sleep 600'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [text] = await once(parent.stdout, 'data')
    await until('its death', () => identify(Number(text)) === undefined)
    assert.equal(commandLineOf(Number(text)), '')
    parent.kill('SIGKILL')
  })
})

describe('ending a group', () => {
  it('asks first, and kills what does not listen, with its children', async () => {
    const script = 'trap "" TERM; sleep 600 & echo $!; wait; wait'
    const child = spawn('sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
    const [text] = await once(child.stdout, 'data')
    const [leader, member] = [identify(child.pid ?? 0), identify(Number(text))]
    assert.ok(leader && member)
    await endGroup(leader, 'SIGTERM', 200)
    assert.equal(isAlive(leader), false)
    await until('the end of its child', () => !isAlive(member))
  })
})
