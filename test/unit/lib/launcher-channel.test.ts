import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { it } from 'node:test'
import type { StartMessage } from '#lib/launcher-channel.ts'

const CHANNEL = new URL('../../../lib/launcher-channel.ts', import.meta.url).href
const CHILD = `
  const { whenDatabaseIsUp, whenStarted } = await import(${JSON.stringify(CHANNEL)})
  const { signal } = new AbortController()
  const started = whenStarted(signal).then(() => 'started')
  const url = await whenDatabaseIsUp(undefined, signal)
  process.send([url, await started], () => process.exit())`

it('a child hears of the database and of the end of the start, also when it is told both before it listens', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const messages: StartMessage[] = [{ type: 'database', url: 'postgresql://here' }, { type: 'started' }]
  for (const message of messages) child.send(message)
  assert.deepEqual((await once(child, 'message'))[0], ['postgresql://here', 'started'])
})
