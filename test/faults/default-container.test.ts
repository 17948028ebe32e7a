import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { it } from 'node:test'
import { promisify } from 'node:util'
import { reachState, sendBytes } from '#test/client.ts'
import { inDefaultContainer } from '#test/default-container.ts'
import { deck } from '#test/documents/deck.ts'
import { BIN, dataDirFor, startInstance } from '#test/test-instance.ts'
import { until } from '#test/until.ts'
import { WHY_NO_SANDBOX } from '#test/why-no-sandbox.ts'

const [program = '', ...words] = inDefaultContainer()

it('in a default container bubblewrap does not work', async () => {
  const command = ['bwrap', '--unshare-all', '--ro-bind', '/', '/', 'true']
  await assert.rejects(promisify(execFile)(program, [...words, ...command]), /bwrap: .*namespace/)
})

it('in a default container it starts with nothing set, converts under Landlock, and says what that does not cover', {
  skip: WHY_NO_SANDBOX.landlock,
}, async t => {
  const dataDir = dataDirFor(t)
  const command = [program, ...words, process.execPath, BIN, 'start']
  const instance = await startInstance({ dataDir, command, env: { SANDBOX: '', SLOTS: '1' } })
  await instance.ready()
  const { sandboxes } = await until('it takes jobs', async () => {
    const answer = await fetch(`${instance.url}/readyz`)
    return answer.ok && (await answer.json())
  })
  assert.deepEqual(
    sandboxes.map(({ sandbox }: { sandbox: string }) => sandbox),
    ['landlock'],
  )
  assert.ok(sandboxes[0].notCovered.length > 1)
  const { id } = await sendBytes(instance.url, 'a.pptx', await deck({ slides: 3 }))
  const job = await reachState(instance.url, id, 'completed')
  assert.equal(job.result?.pages, 3)
  assert.equal(await instance.end('SIGTERM'), 0)
})
