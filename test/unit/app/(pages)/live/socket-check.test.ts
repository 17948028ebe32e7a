import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as settled } from 'node:timers/promises'
import { startSocketCheck } from '#app/(pages)/live/socket-check.ts'

test('a server is asked while it matters, and is silent, there again or dead by its answers', async t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const heard: string[] = []
  const [yes, no] = [() => Promise.resolve(), () => Promise.reject(new Error('nobody answered'))]
  let [isNeeded, answer]: [boolean, () => Promise<void>] = [false, no]
  const stop = startSocketCheck({
    isNeeded: () => isNeeded,
    ask: () => answer(),
    onAnswer: () => heard.push('answer'),
    onSilence: () => heard.push('silence'),
    onDead: () => heard.push('dead'),
  })
  const beat = async () => {
    t.mock.timers.tick(1500)
    await settled()
    return heard.splice(0)
  }
  assert.deepEqual(await beat(), [])
  isNeeded = true
  assert.deepEqual(await beat(), ['silence'])
  answer = yes
  assert.deepEqual(await beat(), ['answer'])
  assert.deepEqual(await beat(), [])
  answer = no
  assert.deepEqual(
    [await beat(), await beat(), await beat()],
    [['silence'], ['silence'], ['silence', 'dead']],
  )
  assert.deepEqual(await beat(), [], 'a dead socket is not asked')
  stop()
})
