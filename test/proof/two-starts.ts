/**
 * Starts Nightshift twice at once on one DATA_DIR, again and again: exactly one must win, and the other name it. Each
 * winner is killed or asked to end, in turn. Options: `--times N` (100).
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { makeDataDir, removeDataDir, startInstance, type TestInstance } from '#test/test-instance.ts'

const { values } = parseArgs({ options: { times: { type: 'string', default: '100' } } })
const times = Number(values.times)
const dataDir = makeDataDir()

/** Whether it became ready, or ended before. */
async function isReady(instance: TestInstance): Promise<boolean> {
  const ended = once(instance.process, 'close').then(() => false)
  return Promise.race([
    ended,
    instance.ready().then(
      () => true,
      () => ended,
    ),
  ])
}

async function race(signal: NodeJS.Signals): Promise<void> {
  const instances = await Promise.all([startInstance({ dataDir }), startInstance({ dataDir })])
  try {
    const won = await Promise.all(instances.map(isReady))
    const words = instances.map(instance => instance.output()).join('\n')
    assert.equal(won.filter(Boolean).length, 1, `${won.filter(Boolean).length} of two won:\n${words}`)
    const [winner, loser] = won[0] ? instances : instances.toReversed()
    assert.equal(loser?.process.exitCode, 1)
    assert.match(
      loser?.output() ?? '',
      new RegExp(`is in use by Nightshift with pid ${winner?.process.pid}:`),
    )
    assert.equal((await fetch(`${winner?.url}/healthz`)).status, 200)
    await winner?.end(signal)
  } finally {
    for (const started of instances) await started.end('SIGKILL')
  }
}

let failures = 0
const began = performance.now()
for (let n = 1; n <= times; n++) {
  const signal = n % 2 === 0 ? 'SIGTERM' : 'SIGKILL'
  await race(signal).catch((error: Error) => {
    failures++
    console.log(`  race ${n}: ${error.message}`)
  })
  if (n % 10 === 0) console.log(`  ${n} races in ${Math.round((performance.now() - began) / 1000)} s`)
}
// The last one may have been killed: what it left ends with one more start.
const last = await startInstance({ dataDir })
await last.ready()
await last.end('SIGTERM')
removeDataDir(dataDir)
console.log(`  exactly one won in ${times - failures} of ${times} races`)
if (failures > 0) process.exitCode = 1
