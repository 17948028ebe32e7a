import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { backoffAfter, type Death, keepAlive } from '#cli/start/keep-alive.ts'
import { until } from '#test/until.ts'

describe('the backoff of a child that dies', () => {
  it('doubles from 0.25 s to 10 s', () => {
    const waits = [0]
    for (let death = 0; death < 8; death++) waits.push(backoffAfter(waits.at(-1) ?? 0, 100))
    assert.deepEqual(waits.slice(1), [250, 500, 1000, 2000, 4000, 8000, 10_000, 10_000])
  })

  it('begins again after a steady minute', () => {
    assert.equal(backoffAfter(10_000, 60_000), 250)
    assert.equal(backoffAfter(4000, 59_999), 8000)
  })
})

describe('keeping a child alive', () => {
  it('starts it again when it dies, and says how it died', async t => {
    const deaths: Death[] = []
    const pids: (number | undefined)[] = []
    const kept = keepAlive({
      spawn: () => spawn('sleep', ['600'], { detached: true }),
      onSpawn: child => pids.push(child.pid),
      onDeath: death => deaths.push(death),
    })
    t.after(() => kept.stop('SIGKILL', 1000))
    process.kill(pids[0] ?? 0, 'SIGKILL')
    await until('the next one', () => pids.length === 2)
    assert.deepEqual(deaths, [{ pid: pids[0], how: 'SIGKILL', backoffMs: 250 }])
    await kept.stop('SIGTERM', 1000)
    assert.throws(() => process.kill(pids[1] ?? 0, 0), { code: 'ESRCH' })
    assert.equal(pids.length, 2)
  })

  for (const [when, graceMs, hurry] of [
    ['in time', 100, undefined],
    ['in a hurry', 600_000, AbortSignal.abort()],
  ] as const)
    it(`kills one that does not end ${when}`, async t => {
      const script = 'trap "" TERM; echo deaf; sleep 300'
      const child = spawn('sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
      const deaf = keepAlive({ spawn: () => child })
      t.after(() => deaf.stop('SIGKILL', 1000))
      await once(child.stdout, 'data')
      await deaf.stop('SIGTERM', graceMs, hurry)
      assert.equal(child.signalCode, 'SIGKILL')
    })

  it('survives a program that is not there', async t => {
    const deaths: Death[] = []
    const kept = keepAlive({ spawn: () => spawn('/no/such/program'), onDeath: death => deaths.push(death) })
    t.after(() => kept.stop('SIGTERM', 100))
    await until('its death', () => deaths.length > 0)
    assert.match(deaths[0]?.how ?? '', /ENOENT/)
  })
})
